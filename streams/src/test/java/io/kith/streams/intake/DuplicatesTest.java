package io.kith.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTest {
  private static final long WINDOW = 1_000;

  @TempDir private Path folder;
  private IntakeDriver intake;
  private WindowStore<String, byte[]> store;
  private Duplicates duplicates;

  private record At(String topic, int partition, long offset) implements RecordMetadata {}

  @BeforeEach
  void start() {
    intake =
        new IntakeDriver(
            folder,
            IntakeDriver.MOST_BYTES,
            "--event-id=id",
            "--duplicate-window=" + WINDOW + "ms");
    store = intake.store();
    duplicates = new Duplicates(store, WINDOW);
  }

  @Test
  void anEventIsACopyOfAnEarlierOneWithItsIdNearItsTime() {
    assertThat(isCopy("x", 5_000, 0)).isFalse();
    assertThat(isCopy("x", 6_000, 1)).isTrue();
    assertThat(isCopy("x", 4_000, 2)).isTrue();
    assertThat(isCopy("y", 5_000, 3)).isFalse();
    assertThat(isCopy("x", 6_001, 4)).isFalse();
  }

  /** After a crash the store may know events whose interactions were not sent. */
  @Test
  void anEventThatIsReadAgainIsNoCopyOfItself() {
    assertThat(isCopy("x", 5_000, 7)).isFalse();
    assertThat(isCopy("x", 5_000, 8)).isTrue();

    duplicates = new Duplicates(store, WINDOW);

    assertThat(isCopy("x", 5_000, 7)).isFalse();
    assertThat(isCopy("x", 5_000, 8)).isTrue();
  }

  @Test
  void whatIsMoreThanTwoWindowsLatePasses() {
    assertThat(isCopy("x", 5_000, 0)).isFalse();
    assertThat(isCopy("y", 7_000, 1)).isFalse();
    assertThat(isCopy("x", 5_000, 2)).isTrue();
    assertThat(isCopy("y", 7_001, 3)).isTrue();
    assertThat(isCopy("x", 5_000, 4)).isFalse();
  }

  @AfterEach
  void stop() {
    intake.close();
  }

  private boolean isCopy(String id, long timestamp, long offset) {
    return duplicates.isCopy(id, timestamp, new At("events", 0, offset));
  }
}
