package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class PartitionClocksTest {
  private static final long BOUND = 500;
  private final Windows windows = new Windows(1_000);
  private final PartitionClocks clocks = new PartitionClocks(windows, BOUND);

  @Test
  void whatIsLateGoesIntoTheFirstWindowThatItsPartitionHasOpen() {
    assertThat(clocks.assign(0, 9_700)).isEqualTo(9);
    assertThat(clocks.assign(0, 8_900)).as("late").isEqualTo(9);
    assertThat(clocks.assign(1, 8_900)).as("not late by its own partition").isEqualTo(8);
  }

  @Test
  void withinTheBoundNothingIsLate() {
    assertThat(clocks.assign(0, 9_400)).isEqualTo(9);
    assertThat(clocks.assign(0, 8_901)).isEqualTo(8);
  }

  @Test
  void belowTheFloorNoPartitionGetsIn() {
    clocks.raiseFloor(20);
    assertThat(clocks.assign(0, 9_400)).isEqualTo(20);
    clocks.raiseFloor(10);
    assertThat(clocks.assign(0, 9_400)).isEqualTo(20);
  }

  @Test
  void aRestoredClockGoesOn() {
    clocks.restore(0, 9_700);
    clocks.restore(0, 5_000);
    assertThat(clocks.assign(0, 1_000)).isEqualTo(9);
  }

  /** The law that the protocol stands on: see docs/protocol.md. */
  @Test
  void aPartitionsWatermarkNeverClosesAWindowItStillFills() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Windows any = new Windows(random.nextInt(3) * 700L);
      long bound = random.nextInt(2_000);
      PartitionClocks own = new PartitionClocks(any, bound);
      PartitionWatermarks generator = new PartitionWatermarks(any, bound);
      Last last = new Last();
      for (int i = 0; i < 200; i++) {
        long t = random.nextInt(10_000);
        assertThat(own.assign(0, t))
            .as("seed=%d, i=%d", seed, i)
            .isGreaterThanOrEqualTo(any.firstOpen(last.watermark));
        generator.onEvent(
            Arrival.of(new Origin("edges", 0, i, 0), new Interaction("a", "b", t)), 0, last);
        generator.onPeriodicEmit(last);
      }
    }
  }

  private static final class Last implements WatermarkOutput {
    long watermark = Long.MIN_VALUE;

    @Override
    public void emitWatermark(Watermark mark) {
      assertThat(mark.getTimestamp()).isGreaterThan(watermark);
      watermark = mark.getTimestamp();
    }

    @Override
    public void markIdle() {
      throw new AssertionError("idleness is not its business");
    }

    @Override
    public void markActive() {
      throw new AssertionError("idleness is not its business");
    }
  }
}
