package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordUpdaterTest {
  private static final long HOUR = 3_600_000;
  private static final ModelSizes SIZES =
      new ModelSizes(4, 2, 0, 3, 2, 2, 2, 5, 0, List.of(HOUR), List.of(HOUR));

  private final RecordUpdater updater = new RecordUpdater(Weights.random(SIZES, 1));
  private final Slots slots = new Slots(SIZES);
  private final HeapRecord record = new HeapRecord(SIZES);
  private final HeapRecord partner = new HeapRecord(SIZES);

  @Test
  void anInteractionIsKeptInTheSlotOfThePartner() {
    meet(7, 5 * HOUR, 1);
    meet(7, 6 * HOUR, -1);
    int i = slots.findHop1(record, 7);
    assertThat(record.hop1Count(i)).isEqualTo(2);
    assertThat(record.hop1Time(i)).isEqualTo(6 * HOUR);
    assertThat(record.hop1Direction(i)).isEqualTo(-1);
    assertThat(record.hop1Pair(i, 0)).isCloseTo(1 + (float) StrictMath.exp(-1), within(1e-6f));
    assertThat(record.interactions()).isEqualTo(2);
    assertThat(record.tau()).isEqualTo(6 * HOUR);
  }

  @Test
  void activityIsCountedByRoleAndDecays() {
    meet(7, 0, 1);
    meet(8, HOUR, -1);
    assertThat(record.activity(0, 0)).isCloseTo((float) StrictMath.exp(-1), within(1e-6f));
    assertThat(record.activity(1, 0)).isEqualTo(1f);
  }

  @Test
  void theOldestPartnerOfAFullBucketGoes() {
    meet(7, 30, 1);
    meet(8, 10, 1);
    meet(9, 20, 1);
    assertThat(slots.findHop1(record, 8)).isEqualTo(Slots.ABSENT);
    assertThat(slots.findHop1(record, 7)).isNotEqualTo(Slots.ABSENT);
    assertThat(slots.findHop1(record, 9)).isNotEqualTo(Slots.ABSENT);
  }

  @Test
  void partnersOfAPartnerGoToHop2ButNeverTheNodeItself() {
    partner.hop1Key(0, 1);
    partner.hop1Time(0, 5);
    partner.hop1Key(1, 42);
    partner.hop1Time(1, 6);
    meet(7, 10, 1);
    assertThat(List.of(record.hop2Key(0), record.hop2Key(1))).containsExactlyInAnyOrder(42L, 0L);
  }

  @Test
  void anOlderInteractionDoesNotTurnBackTheClock() {
    meet(7, 10 * HOUR, 1);
    meet(7, 9 * HOUR, 1);
    assertThat(record.tau()).isEqualTo(10 * HOUR);
    assertThat(record.hop1Time(slots.findHop1(record, 7))).isEqualTo(10 * HOUR);
    assertThat(record.activity(0, 0)).isEqualTo(2f);
  }

  private void meet(long key, long t, int direction) {
    updater.apply(1, record, key, partner, t, new float[0], direction);
  }
}
