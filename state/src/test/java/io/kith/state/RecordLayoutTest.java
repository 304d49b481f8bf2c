package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordLayoutTest {
  @Test
  void theDefaultSizesTake1984Bytes() {
    RecordLayout layout = new RecordLayout(32, 4, 32, 16, 2, 1);

    // MODEL.md counts 1,980 bytes; the header adds 4, and no padding is left.
    assertThat(layout.length()).isEqualTo(1_984);
    assertThat(layout)
        .hasToString(
            "version=1, selfDim=32, neighbourDim=4, hop1Slots=32, hop2Slots=16,"
                + " activityScales=2, pairScales=1, length=1984");
    assertThat(layout).isEqualTo(new RecordLayout(32, 4, 32, 16, 2, 1));
  }

  @Test
  void theSmallestRecordHasNothingButOneSlot() {
    RecordLayout layout = new RecordLayout(1, 1, 1, 0, 0, 0);
    assertThat(layout.end()).isEqualTo(16 + 8 + 8 + 4 + 4 + 4 + 1);
    assertThat(layout.length()).isEqualTo(48);
  }

  @Test
  void fieldsTileTheRecordAndAreAligned() {
    long seed = 20_260_103;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      RecordLayout layout = randomLayout(random);
      String at = "seed=" + seed + ", layout=[" + layout + "]";
      int end = 0;
      for (RecordField field : RecordField.of(layout)) {
        assertThat(field.offset()).as(at + ", " + field).isEqualTo(end);
        assertThat(field.offset() % field.width()).as(at + ", " + field).isZero();
        end = field.end();
      }
      assertThat(layout.length()).as(at).isEqualTo(end);
      assertThat(layout.length() % 8).as(at).isZero();
      assertThat(layout.length() - layout.end()).as(at).isBetween(0, 7);
    }
  }

  @Test
  void layoutsAreEqualWhereAllSizesAre() {
    RecordLayout layout = new RecordLayout(3, 2, 8, 8, 1, 1);
    assertThat(layout).isEqualTo(new RecordLayout(3, 2, 8, 8, 1, 1));
    assertThat(layout).hasSameHashCodeAs(new RecordLayout(3, 2, 8, 8, 1, 1));
    List<RecordLayout> others =
        List.of(
            new RecordLayout(4, 2, 8, 8, 1, 1),
            new RecordLayout(3, 3, 8, 8, 1, 1),
            new RecordLayout(3, 2, 16, 8, 1, 1),
            new RecordLayout(3, 2, 8, 16, 1, 1),
            new RecordLayout(3, 2, 8, 8, 2, 1),
            new RecordLayout(3, 2, 8, 8, 1, 2));
    assertThat(others).doesNotContain(layout).doesNotHaveDuplicates();
  }

  @Test
  void refusesSizesThatMakeNoRecord() {
    assertThatThrownBy(() -> new RecordLayout(0, 4, 32, 16, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size out of range: least=1, most=65536, selfDim=0");
    assertThatThrownBy(() -> new RecordLayout(32, 4, 32, 16, -1, 1))
        .hasMessage("size out of range: least=0, most=65536, activityScales=-1");
    assertThatThrownBy(() -> new RecordLayout(32, 1 << 16, 1 << 16, 16, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "record too long: most=16777216, selfDim=32, neighbourDim=65536, hop1Slots=65536,"
                + " hop2Slots=16, activityScales=2, pairScales=1");
  }

  static RecordLayout randomLayout(SplittableRandom random) {
    return new RecordLayout(
        random.nextInt(1, 40),
        random.nextInt(1, 9),
        random.nextInt(1, 40),
        random.nextInt(0, 20),
        random.nextInt(0, 4),
        random.nextInt(0, 4));
  }
}
