package io.kith.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Explanation;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.Prediction;
import io.kith.model.Weights;
import io.kith.state.HeapNodeStore;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LapTest {
  private static final Weights WEIGHTS = Weights.random(ModelSizes.DEFAULT, 1);
  private static final RecordLayout LAYOUT = StoredRecord.layout(WEIGHTS.sizes());

  private final OwnedNodes nodes =
      new OwnedNodes(new HeapNodeStore(LAYOUT, 1_000), new KeyGroups(1, 1));
  private final Lap lap = new Lap(WEIGHTS, nodes, PredictionSettings.ranks(3));
  private final List<String> said = new ArrayList<>();
  private final List<Prediction> predictions = new ArrayList<>();

  @Test
  void aWindowPredictsEachInteractionAndChangesBothEnds() {
    run(0, new Interaction("a", "b", 1), new Interaction("c", "b", 2));

    assertThat(predictions).extracting(Prediction::source).containsExactly("a", "c");
    assertThat(said).hasSize(2 + 3);
    assertThat(interactionsOf("b")).isEqualTo(2);
    assertThat(interactionsOf("a")).isEqualTo(1);
  }

  @Test
  void nothingInAWindowSeesAnotherOfIt() {
    Interaction again = new Interaction("a", "b", 1);
    run(0, again, again);
    assertThat(predictions.get(0)).isEqualTo(predictions.get(1));
    assertThat(predictions.get(0).negatives()).isZero();
  }

  @Test
  void negativesAreTargetsOfEarlierWindowsAndNeitherEnd() {
    run(
        0,
        new Interaction("a", "b", 1),
        new Interaction("a", "c", 2),
        new Interaction("x", "y", 3));
    predictions.clear();
    run(1, new Interaction("y", "b", 1_000));
    assertThat(predictions.get(0).negatives()).as("c alone").isEqualTo(1);
  }

  @Test
  void edgeBankTiesWithAllThatItKnowsAsMuchOf() {
    run(
        0,
        new Interaction("a", "b", 1),
        new Interaction("a", "c", 2),
        new Interaction("x", "d", 3));
    predictions.clear();
    run(1, new Interaction("a", "b", 1_000), new Interaction("d", "a", 1_001));

    Prediction met = predictions.get(1);
    assertThat(met.target()).isEqualTo("b");
    assertThat(met.negatives()).as("c, which a has met, and d, which it has not").isEqualTo(2);
    assertThat(met.met()).isTrue();
    assertThat(met.edgeBankRank()).isEqualTo(1.5);
    assertThat(met.recencyRank()).as("c is newer").isEqualTo(2);

    predictions.clear();
    run(2, new Interaction("x", "b", 2_003));
    Prediction stranger = predictions.get(0);
    assertThat(stranger.met()).isFalse();
    assertThat(stranger.negatives()).isEqualTo(3);
    assertThat(stranger.edgeBankRank()).as("behind d, among a and c").isEqualTo(1 + 1 + 2 * 0.5);
  }

  @Test
  void anExplanationListsTheJointNeighbourhoodBeforeTheWindow() {
    Lap explaining = new Lap(WEIGHTS, nodes, new PredictionSettings(0, 1, 5));
    Told told = new Told(new OutputJson(WEIGHTS, 0), said, predictions);
    explaining.run(
        0, inbox(0, List.of(new Interaction("a", "m", 10), new Interaction("b", "m", 20))), told);
    assertThat(predictions.get(0).explanation().entries()).hasSize(2);
    predictions.clear();
    explaining.run(1, inbox(1, List.of(new Interaction("a", "b", 1_000))), told);

    assertThat(predictions.get(0).explanation())
        .isEqualTo(
            new Explanation(
                3,
                1,
                List.of(
                    new Explanation.Entry(key("a"), 0b000001, 990L, null),
                    new Explanation.Entry(key("b"), 0b001000, null, 980L),
                    new Explanation.Entry(key("m"), 0b010010, 990L, 980L))));
  }

  private static String key(String id) {
    return Long.toString(NodeKey.of(id));
  }

  @Test
  void aPairThatIsOnlyAskedForIsScoredAndNotLearned() {
    run(0, new Interaction("a", "b", 1), new Interaction("c", "d", 2));
    said.clear();
    predictions.clear();
    Inbox inbox = new Inbox();
    inbox.add(new Half(2, new Interaction("a", "nobody", 2_000), true, true), null);
    inbox.add(new Half(2, new Interaction("c", "b", 2_000), true, true), null);

    lap.run(2, inbox, new Told(new OutputJson(WEIGHTS, 2), said, predictions));

    assertThat(predictions).extracting(Prediction::negatives).containsExactly(0, 0);
    assertThat(said).as("no node has changed").hasSize(2);
    assertThat(interactionsOf("b")).isEqualTo(1);
    assertThat(nodes.read(NodeKey.of("nobody"), new StoredRecord(LAYOUT))).isFalse();
  }

  @Test
  void theOrderOfArrivalDoesNotShow() {
    List<Interaction> window = LocalReplayTest.hostile(5, 300);
    window.removeIf(Interaction::isSelfLoop);
    List<String> expected = said(window);
    for (long seed = 0; seed < 5; seed++) {
      List<Interaction> shuffled = new ArrayList<>(window);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(said(shuffled)).as("seed=" + seed).isEqualTo(expected);
    }
  }

  /** What two windows of these say, on nodes of their own. */
  private static List<String> said(List<Interaction> interactions) {
    Weights weights =
        Weights.random(new ModelSizes(4, 2, 2, 3, 8, 8, 4, 5, 6, List.of(9L), List.of()), 2);
    OwnedNodes nodes =
        new OwnedNodes(
            new HeapNodeStore(StoredRecord.layout(weights.sizes()), 1_000), new KeyGroups(4, 1));
    Lap lap = new Lap(weights, nodes, new PredictionSettings(3, 0.5, 2));
    Told told = new Told(new OutputJson(weights, 2), new ArrayList<>(), new ArrayList<>());
    lap.run(0, inbox(0, interactions), told);
    lap.run(1, inbox(1, interactions), told);
    return told.said();
  }

  private void run(long window, Interaction... interactions) {
    lap.run(
        window,
        inbox(window, List.of(interactions)),
        new Told(new OutputJson(WEIGHTS, 2), said, predictions));
  }

  private static Inbox inbox(long window, List<Interaction> interactions) {
    Inbox inbox = new Inbox();
    for (Interaction interaction : interactions) {
      inbox.add(new Half(window, interaction, true), null);
      inbox.add(new Half(window, interaction, false), null);
    }
    return inbox;
  }

  private int interactionsOf(String id) {
    StoredRecord record = new StoredRecord(LAYOUT);
    assertThat(nodes.read(NodeKey.of(id), record)).isTrue();
    return record.interactions();
  }

  private record Told(OutputJson json, List<String> said, List<Prediction> predictions)
      implements Lap.Output {
    @Override
    public void predicted(ReusedPrediction prediction) {
      predictions.add(prediction.copy());
      said.add(new String(json.prediction(prediction).value(), UTF_8));
    }

    @Override
    public void changed(long window, String id, long key, StoredRecord record) {
      said.add(new String(json.embedding(window, id, key, record).value(), UTF_8));
    }
  }
}
