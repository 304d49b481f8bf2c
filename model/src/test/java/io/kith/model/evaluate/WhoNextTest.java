package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.Candidates.Origin;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.Weights;
import io.kith.model.evaluate.NextPartnerList.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhoNextTest {
  @Test
  void aListThatTellsNothingApartCountsAsARandomOrder() {
    WhoNextFigures.Counter counter = new WhoNextFigures.Counter();
    counter.add(new Place(0, 1));
    counter.add(new Place(3, 4));
    counter.add(Place.NONE);

    WhoNextFigures figures = counter.figures();
    assertThat(figures.recall().get(0)).as("at 1").isEqualTo(1.0 / 3);
    assertThat(figures.recall().get(1)).as("at 5: half of the four").isEqualTo(1.5 / 3);
    assertThat(figures.recall().get(2)).as("at 10").isEqualTo(2.0 / 3);
    double second = (1.0 / 4 + 1.0 / 5 + 1.0 / 6 + 1.0 / 7) / 4;
    assertThat(figures.mrr()).isCloseTo((1 + second) / 3, within(1e-12));
  }

  @Test
  void eachRuleListsWhatItKnows() {
    Timeline timeline =
        Timeline.of(
            List.of(
                new Interaction("a", "b", 1),
                new Interaction("c", "a", 2),
                new Interaction("d", "b", 3),
                new Interaction("a", "e", 4)));
    NextPartnerList recency = new RecencyList(timeline);
    NextPartnerList popularity = new PopularityList(timeline);
    NextPartnerList edgeBank = new EdgeBankList(timeline);
    for (NextPartnerList list : List.of(recency, popularity, edgeBank)) {
      list.observe(0, 4);
    }
    int a = timeline.source(0);
    int b = timeline.target(0);
    int c = timeline.source(1);
    int e = timeline.target(3);

    assertThat(recency.place(a, e, 5)).isEqualTo(new Place(0, 1));
    assertThat(recency.place(a, c, 5)).as("met as target").isEqualTo(new Place(1, 1));
    assertThat(recency.place(a, b, 5)).isEqualTo(new Place(2, 1));
    assertThat(recency.place(b, e, 5)).isEqualTo(Place.NONE);
    assertThat(popularity.place(a, b, 5)).isEqualTo(new Place(0, 1));
    assertThat(popularity.place(a, e, 5)).as("a itself is left out").isEqualTo(new Place(1, 1));
    assertThat(popularity.place(a, c, 5)).as("never a target").isEqualTo(Place.NONE);
    assertThat(edgeBank.place(a, e, 5)).isEqualTo(new Place(0, 2));
    assertThat(edgeBank.place(a, c, 5)).as("only the other way").isEqualTo(Place.NONE);
  }

  @Test
  void nothingOfABatchIsKnownBeforeIt() {
    List<Interaction> stream = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stream.add(new Interaction("a" + i % 4, "b" + i % 4, i));
    }
    Timeline timeline = Timeline.of(stream);
    Weights weights = Weights.random(ModelSizes.DEFAULT, 1);

    WhoNext atOnce = WhoNext.evaluate(timeline, weights, Batching.count(200), 0, 200);
    assertThat(atOnce.model().mrr()).isZero();
    assertThat(atOnce.recency().mrr()).isZero();

    WhoNext oneByOne = WhoNext.evaluate(timeline, weights, Batching.count(1), 100, 200);
    assertThat(oneByOne.edgeBank().mrr()).as("each source has one partner").isEqualTo(1);
    assertThat(oneByOne.candidates().get(Origin.AGAIN)).isEqualTo(1);
    assertThat(oneByOne.candidatesOfEach()).as("its partner and three popular").isEqualTo(4);
  }
}
