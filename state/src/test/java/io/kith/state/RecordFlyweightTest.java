package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;

class RecordFlyweightTest {
  @Test
  void readsAndWritesARecordWhereItLies() {
    RecordLayout layout = new RecordLayout(3, 2, 8, 8, 2, 1);
    byte[] bytes = new byte[16 + layout.length()];
    RecordFlyweight record = new RecordFlyweight(layout);

    record.wrap(bytes, 16);
    record.clear();
    assertThat(record.version()).isEqualTo(RecordLayout.VERSION);
    assertThat(record.interactions()).isZero();

    record.tau(1_082_040_961_000L);
    record.interactions(1);
    record.roles(RecordFlyweight.SOURCE | RecordFlyweight.TARGET);
    record.writeSelf(new float[] {9, 0.25f, 0.5f, -1}, 1);
    record.activity(1, 0, 2.5f);
    record.hop1Key(7, -5);
    record.hop1Time(7, 1_082_040_961_000L);
    record.hop1Count(7, 4);
    record.hop1Direction(7, -1);
    record.hop1Pair(7, 0, 3.5f);
    record.writeHop1(7, new float[] {0.1f, 0.2f}, 0);
    record.hop2Key(0, 6);
    record.hop2Time(0, 12);
    record.writeHop2(0, new float[] {0.3f, 0.4f}, 0);

    RecordFlyweight same = new RecordFlyweight(layout);
    same.wrap(bytes, 16);
    float[] self = new float[5];
    same.readSelf(self, 2);
    assertThat(self).containsExactly(0, 0, 0.25f, 0.5f, -1);
    assertThat(same.hop1Key(7)).isEqualTo(-5);
    assertThat(same.hop1Direction(7)).isEqualTo(-1);
    assertThat(same.roles()).isEqualTo(3);

    ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(raw.get(16)).isEqualTo((byte) RecordLayout.VERSION);
    assertThat(raw.getInt(16 + 4)).isEqualTo(1);
    assertThat(raw.getLong(16 + 8)).isEqualTo(1_082_040_961_000L);
    assertThat(raw.getFloat(16 + layout.selfOffset)).isEqualTo(0.25f);
  }

  @Test
  void startsAsAFreshRecordOfItsOwn() {
    RecordLayout layout = new RecordLayout(3, 2, 8, 8, 2, 1);
    RecordFlyweight record = new RecordFlyweight(layout);
    record.checkVersion();
    assertThat(record.interactions()).isZero();
    record.tau(7);
    assertThat(record.tau()).isEqualTo(7);
    assertThat(new RecordFlyweight(layout).tau()).isZero();
  }

  @Test
  void aFreshRecordIsAllZerosButTheVersion() {
    RecordLayout layout = new RecordLayout(3, 2, 8, 8, 2, 1);
    byte[] bytes = new byte[layout.length() + 2];
    Arrays.fill(bytes, (byte) -1);
    RecordFlyweight record = new RecordFlyweight(layout);
    record.wrap(bytes, 1);
    record.clear();

    byte[] expected = new byte[layout.length() + 2];
    expected[0] = -1;
    expected[1] = RecordLayout.VERSION;
    expected[expected.length - 1] = -1;
    assertThat(bytes).isEqualTo(expected);
  }

  @Test
  void isTheSameBytesInAnArrayAndInNativeMemory() {
    long seed = 20_260_104;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      RecordLayout layout = RecordLayoutTest.randomLayout(random);
      int length = layout.length();
      byte[] bytes = new byte[length];
      RecordFlyweight heap = new RecordFlyweight(layout);
      heap.wrap(bytes, 0);
      long address = OS.memory().allocate(length);
      try {
        RecordFlyweight unmanaged = new RecordFlyweight(layout);
        unmanaged.wrap(address, length);
        long fields = random.nextLong();
        fill(heap, new SplittableRandom(fields));
        fill(unmanaged, new SplittableRandom(fields));

        byte[] copy = new byte[length];
        unmanaged.copyTo(copy, 0);
        String at = "seed=" + seed + ", layout=[" + layout + "]";
        assertThat(copy).as(at).isEqualTo(bytes);
        verify(heap, new SplittableRandom(fields), at);
        verify(unmanaged, new SplittableRandom(fields), at);

        // and in both directions
        unmanaged.clear();
        unmanaged.copyFrom(heap);
        heap.clear();
        heap.copyFrom(unmanaged);
        assertThat(bytes).as(at).isEqualTo(copy);
      } finally {
        OS.memory().freeMemory(address, length);
      }
    }
  }

  @Test
  void noFieldWritesIntoAnother() {
    RecordLayout layout = new RecordLayout(1, 1, 3, 2, 1, 1);
    RecordFlyweight record = new RecordFlyweight(layout);
    record.wrap(new byte[layout.length()], 0);
    fill(record, new SplittableRandom(5));
    verify(record, new SplittableRandom(5), "seed=5");
    fill(record, new SplittableRandom(6));
    verify(record, new SplittableRandom(6), "seed=6");
  }

  @Test
  void refusesMemoryThatEndsBeforeTheRecord() {
    RecordLayout layout = new RecordLayout(32, 4, 32, 16, 2, 1);
    RecordFlyweight record = new RecordFlyweight(layout);
    assertThatThrownBy(() -> record.wrap(new byte[1_984], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record too short: length=1983, expected=1984");
    assertThatThrownBy(() -> record.wrap(new byte[2_000], -1))
        .hasMessage("record too short: length=-1, expected=1984");
    assertThatThrownBy(() -> record.wrap(4_096, 96))
        .hasMessage("record too short: length=96, expected=1984");
    record.wrap(new byte[1_984], 0);
    assertThatThrownBy(() -> record.copyTo(new byte[96], 0))
        .hasMessage("record too short: length=96, expected=1984");
  }

  @Test
  void refusesBytesOfAnotherVersionAndOfAnotherLayout() {
    RecordLayout layout = new RecordLayout(1, 1, 1, 0, 0, 0);
    byte[] bytes = new byte[layout.length()];
    RecordFlyweight record = new RecordFlyweight(layout);
    record.wrap(bytes, 0);
    bytes[RecordLayout.VERSION_OFFSET] = (byte) 200;
    assertThatThrownBy(record::checkVersion)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("record of another layout, or never cleared: version=200, expected=1");

    RecordLayout wider = new RecordLayout(2, 1, 1, 0, 0, 0);
    assertThatThrownBy(() -> record.copyFrom(new RecordFlyweight(wider)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record of another layout: [" + wider + "], expected: [" + layout + "]");
  }

  private static void fill(RecordFlyweight record, SplittableRandom random) {
    RecordLayout layout = record.layout();
    record.clear();
    record.roles(random.nextInt(4));
    record.interactions(random.nextInt());
    record.tau(random.nextLong());
    record.writeSelf(floats(layout.selfDim(), random), 1);
    for (int scale = 0; scale < layout.activityScales(); scale++) {
      record.activity(0, scale, random.nextInt());
      record.activity(1, scale, random.nextInt());
    }
    for (int slot = 0; slot < layout.hop1Slots(); slot++) {
      record.hop1Key(slot, random.nextLong());
      record.hop1Time(slot, random.nextLong());
      record.hop1Count(slot, random.nextInt());
      record.hop1Direction(slot, random.nextInt(-1, 2));
      for (int scale = 0; scale < layout.pairScales(); scale++) {
        record.hop1Pair(slot, scale, random.nextInt());
      }
      record.writeHop1(slot, floats(layout.neighbourDim(), random), 1);
    }
    for (int slot = 0; slot < layout.hop2Slots(); slot++) {
      record.hop2Key(slot, random.nextLong());
      record.hop2Time(slot, random.nextLong());
      record.writeHop2(slot, floats(layout.neighbourDim(), random), 1);
    }
  }

  private static void verify(RecordFlyweight record, SplittableRandom random, String at) {
    RecordLayout layout = record.layout();
    assertThat(record.roles()).as(at).isEqualTo(random.nextInt(4));
    assertThat(record.interactions()).as(at).isEqualTo(random.nextInt());
    assertThat(record.tau()).as(at).isEqualTo(random.nextLong());
    float[] self = new float[1 + layout.selfDim()];
    record.readSelf(self, 1);
    assertThat(self).as(at).isEqualTo(floats(layout.selfDim(), random));
    for (int scale = 0; scale < layout.activityScales(); scale++) {
      assertThat(record.activity(0, scale)).as(at).isEqualTo(random.nextInt());
      assertThat(record.activity(1, scale)).as(at).isEqualTo(random.nextInt());
    }
    float[] vector = new float[1 + layout.neighbourDim()];
    for (int slot = 0; slot < layout.hop1Slots(); slot++) {
      assertThat(record.hop1Key(slot)).as(at).isEqualTo(random.nextLong());
      assertThat(record.hop1Time(slot)).as(at).isEqualTo(random.nextLong());
      assertThat(record.hop1Count(slot)).as(at).isEqualTo(random.nextInt());
      assertThat(record.hop1Direction(slot)).as(at).isEqualTo(random.nextInt(-1, 2));
      for (int scale = 0; scale < layout.pairScales(); scale++) {
        assertThat(record.hop1Pair(slot, scale)).as(at).isEqualTo(random.nextInt());
      }
      record.readHop1(slot, vector, 1);
      assertThat(vector).as(at).isEqualTo(floats(layout.neighbourDim(), random));
    }
    for (int slot = 0; slot < layout.hop2Slots(); slot++) {
      assertThat(record.hop2Key(slot)).as(at).isEqualTo(random.nextLong());
      assertThat(record.hop2Time(slot)).as(at).isEqualTo(random.nextLong());
      record.readHop2(slot, vector, 1);
      assertThat(vector).as(at).isEqualTo(floats(layout.neighbourDim(), random));
    }
  }

  /** {@code count} floats behind a first that is no part of the vector. */
  private static float[] floats(int count, SplittableRandom random) {
    float[] floats = new float[1 + count];
    for (int i = 1; i <= count; i++) {
      floats[i] = random.nextInt();
    }
    return floats;
  }
}
