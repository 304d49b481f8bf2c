package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class QualityTallyTest {
  @Test
  void countsPredictionsIntoFigures() {
    QualityTally tally = new QualityTally();

    tally.add(prediction(1000, 4, 1, 2, 0.9f, 0.1f), 0);
    tally.add(prediction(2000, 4, 2, 1, 0.4f, 0.6f), 1);
    tally.add(prediction(3000, 0, 1, 1, 0.7f, null), 2);
    tally.addRepeat(3);

    Quality quality = tally.sums().toQuality(0L, 10_000L);
    assertThat(quality.predictions()).isEqualTo(3);
    assertThat(quality.repeats()).isEqualTo(1);
    assertThat(quality.ranked()).isEqualTo(2);
    assertThat(quality.model().mrr()).isEqualTo((1 + 0.5) / 2);
    assertThat(quality.recency().mrr()).isEqualTo((0.5 + 1) / 2);
    assertThat(quality.model().hitsAt1()).isEqualTo(0.5);
    assertThat(quality.model().hitsAt10()).isEqualTo(1);
    // Descending: 0.9 happened, 0.6 did not, 0.4 happened, 0.1 did not.
    assertThat(quality.model().averagePrecision()).isEqualTo((1 + 2 / 3.0) / 2);
    // EdgeBank ties with all four, each time.
    assertThat(quality.edgeBank()).isEqualTo(new RankFigures(1 / 3.0, 0, 1, 0.5));
    assertThat(quality.firstTimestamp()).isEqualTo(1000);
    assertThat(quality.lastTimestamp()).isEqualTo(3000);
  }

  @Test
  void hasNoFiguresWithoutNegatives() {
    QualityTally tally = new QualityTally();
    tally.add(prediction(1000, 0, 1, 1, 0.7f, null), 0);

    Quality quality = tally.sums().toQuality(null, null);

    assertThat(quality.predictions()).isEqualTo(1);
    assertThat(quality.ranked()).isZero();
    assertThat(quality.model()).isNull();
    assertThat(quality.recency()).isNull();
    assertThat(quality.edgeBank()).isNull();
  }

  @Test
  void aTieForTheFirstPlaceIsNoHit() {
    QualityTally tally = new QualityTally();
    tally.add(prediction(1000, 4, 1.5, 1, 0.5f, 0.5f), 0);

    assertThat(tally.sums().toQuality(null, null).model().hitsAt1()).isZero();
  }

  @Test
  void knowsWhichOffsetsItIncludes() {
    QualityTally tally = new QualityTally();
    assertThat(tally.includes(0)).isFalse();

    tally.add(prediction(1000, 0, 1, 1, 0.7f, null), 5);

    assertThat(tally.includes(5)).isTrue();
    assertThat(tally.includes(6)).isFalse();
  }

  @Test
  void agreesWithAnOfflineComputationWheneverItIsRead() {
    long seed = 31;
    RandomPredictions random = new RandomPredictions(seed, 1_000_000);
    QualityTally tally = new QualityTally();
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Prediction prediction = random.next();
      all.add(prediction);
      tally.add(prediction, i);

      QualityAssert.assertSame(
          tally.sums().toQuality(null, null),
          OfflineQuality.of(all, null, null),
          "seed=" + seed + ", i=" + i);
    }
  }

  @Test
  void goesOnFromItsStoredFormBitForBit() {
    long seed = 32;
    RandomPredictions random = new RandomPredictions(seed, 1_000_000);
    Serde<QualityTally> serde = TallySerde.create();
    QualityTally kept = new QualityTally();
    QualityTally stored = new QualityTally();
    for (int i = 0; i < 200; i++) {
      Prediction prediction = random.next();
      kept.add(prediction, i);
      stored.add(prediction, i);
      stored = roundTrip(serde, stored);

      assertThat(stored.sums()).as("seed=%d, i=%d", seed, i).isEqualTo(kept.sums());
      assertThat(stored.throughOffset()).isEqualTo(i);
    }
  }

  @Test
  void takesBoundedSpace() {
    RandomPredictions random = new RandomPredictions(33, 1_000_000);
    QualityTally tally = new QualityTally();
    for (int i = 0; i < 5_000; i++) {
      tally.add(random.next(), i);
      assertThat(TallySerde.create().serializer().serialize("t", tally).length)
          .isLessThanOrEqualTo(1_764);
    }
  }

  @Test
  void refusesTheStoredFormOfAnotherVersion() {
    byte[] bytes = TallySerde.create().serializer().serialize("t", new QualityTally());
    bytes[0] = 9;

    assertThatThrownBy(() -> TallySerde.create().deserializer().deserialize("t", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage("tally of another version, reset the application: version=9, expected=3");
  }

  @Test
  void sumsOfPartitionsAddUpToThoseOfTheWhole() {
    long seed = 34;
    RandomPredictions random = new RandomPredictions(seed, 1_000_000);
    List<List<Prediction>> partitions =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Prediction> all = new ArrayList<>();
    // Full batches in each partition, so that the batches of the whole are the same ones.
    for (int batch = 0; batch < 9; batch++) {
      for (int ranked = 0; ranked < PairBatch.SIZE; ) {
        Prediction prediction = random.next();
        all.add(prediction);
        partitions.get(batch % 3).add(prediction);
        ranked += prediction.negatives() > 0 ? 1 : 0;
      }
    }

    MergedSums merged = MergedSums.NONE;
    for (int p = 2; p >= 0; p--) {
      QualityTally tally = new QualityTally();
      for (int i = 0; i < partitions.get(p).size(); i++) {
        tally.add(partitions.get(p).get(i), i);
        merged = merged.with(new PartitionSums(p, tally.sums()));
      }
    }

    QualityAssert.assertSame(
        merged.total().toQuality(null, null), OfflineQuality.of(all, null, null), "seed=" + seed);
  }

  private static QualityTally roundTrip(Serde<QualityTally> serde, QualityTally tally) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", tally));
  }

  private static Prediction prediction(
      long timestamp,
      int negatives,
      double rank,
      double recencyRank,
      float score,
      Float negativeScore) {
    return new Prediction(
        "a",
        "b",
        timestamp,
        score,
        1,
        "v1",
        0,
        negatives,
        rank,
        recencyRank,
        1 + negatives / 2.0,
        0,
        true,
        negativeScore,
        negativeScore == null ? null : 1.0,
        negativeScore == null ? null : true,
        null,
        null);
  }
}
