package io.kith.streams;

import static io.kith.streams.QualityDriver.prediction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes late, twice, unreadable or unranked, and is counted as it should be. */
class QualityInputTest {
  @TempDir private Path folder;
  private QualityDriver app;

  @Test
  void countsALatePredictionInItsOwnWindow() {
    start("--window-length=1s");
    app.send(prediction("a", 500, 1));
    app.send(prediction("b", 100_500, 1));
    app.publish();

    app.send(prediction("late", 501, 2));

    Map<String, Quality> published = app.publish();
    assertThat(published).containsOnlyKeys("0", "total");
    assertThat(published.get("0").predictions()).isEqualTo(2);
    assertThat(published.get("0").lastTimestamp()).isEqualTo(501);
  }

  @Test
  void countsPredictionsWithoutNegativesButDoesNotRankThem() {
    start("--window-length=1s");
    app.send(
        new Prediction(
            "a", "b", 10, 0.5f, 0, "v1", 0, 0, 1, 1, 1, 0, false, null, null, null, null, null));

    Quality window = app.publish().get("0");

    assertThat(window.predictions()).isEqualTo(1);
    assertThat(window.ranked()).isZero();
    assertThat(window.model()).isNull();
  }

  @Test
  void skipsAndCountsWhatItCannotRead() {
    start("--window-length=1s");
    app.sendRaw("a", "no json".getBytes(UTF_8));
    app.sendRaw("a", "{\"source\":\"a\"}".getBytes(UTF_8));
    app.sendRaw("a", new byte[] {(byte) 0xff, 0, 1});
    app.sendRaw("a", null);
    app.sendRaw(null, new byte[0]);
    app.send(prediction("a", 10, 1));

    assertThat(app.publish().get("total").predictions()).isEqualTo(1);
    assertThat(app.metric("dropped-records-total")).isEqualTo(4);
  }

  @Test
  void countsARepeatedPredictionOnce() {
    start("--window-length=1s");
    List<Prediction> written = List.of(prediction("a", 10, 1), prediction("b", 20, 2));

    written.forEach(app::send);
    written.forEach(app::send);

    Map<String, Quality> published = app.publish();
    assertThat(published.get("0").predictions()).isEqualTo(2);
    assertThat(published.get("0").repeats()).isEqualTo(2);
    assertThat(published.get("total").model().mrr()).isEqualTo(0.75);
    assertThat(published.get("total").repeats()).isEqualTo(2);
  }

  @Test
  void countsARecordOnceThoughItIsReadAgainAfterACrash() {
    start("--window-length=1s");
    // As after a crash: the stored account of the window is ahead of the committed offset.
    QualityTally ahead = new QualityTally();
    ahead.add(prediction("a", 10, 1), 0);
    ahead.add(prediction("b", 20, 1), 1);
    KeyValueStore<String, QualityTally> tallies = app.store(TallyProcessor.STORE);
    tallies.put("0", ahead);

    app.send(prediction("a", 10, 1));
    app.send(prediction("b", 20, 1));
    app.send(prediction("c", 30, 1));

    Map<String, Quality> published = app.publish();
    assertThat(published.get("0").predictions()).isEqualTo(3);
    assertThat(published.get("total").predictions()).isEqualTo(3);
  }

  @Test
  void takesEventTimesBefore1970() {
    start("--window-length=1s");
    app.send(prediction("a", -1_500, 1));

    assertThat(app.publish()).containsOnlyKeys("-2000", "total");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void start(String... arguments) {
    app = new QualityDriver(folder, arguments);
  }
}
