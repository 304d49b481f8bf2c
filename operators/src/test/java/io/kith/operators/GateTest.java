package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a harness closes by a method that may be interrupted
class GateTest {
  @Test
  void splitsAnInteractionIntoTwoHalvesOfOneWindow() throws Exception {
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(0, 2_500)));

      List<Half> halves = gate.extractOutputValues();
      assertThat(halves).extracting(Half::window).containsExactly(2L, 2L);
      assertThat(halves).extracting(Half::fromSource).containsExactly(true, false);
    }
  }

  @Test
  void aWatermarkIsCutToTheEndOfAWindow() throws Exception {
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate()) {
      gate.open();
      gate.processWatermark(new Watermark(2_700));
      assertThat(gate.getOutput()).containsExactly(new Watermark(1_999));
    }
  }

  @Test
  void silenceClosesWhatIsFilledAndIdlenessEndsHere() throws Exception {
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(0, 2_500)));
      gate.getOutput().clear();
      gate.processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(gate.getOutput()).containsExactly(new Watermark(2_999));
    }
  }

  @Test
  void aRestartReopensNoWindow() throws Exception {
    OperatorSubtaskState state;
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(3, 9_500)));
      gate.processWatermark(new Watermark(6_999));
      state = gate.snapshot(1, 1);
    }
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate()) {
      gate.initializeState(state);
      gate.open();
      assertThat(gate.getOutput()).containsExactly(new Watermark(6_999));
      gate.processElement(new StreamRecord<>(stamped(3, 1_000)));
      gate.processElement(new StreamRecord<>(stamped(4, 1_000)));

      assertThat(gate.extractOutputValues())
          .as("late by its partition's clock; a new partition, by what is closed")
          .extracting(Half::window)
          .containsExactly(8L, 8L, 7L, 7L);
    }
  }

  @Test
  void drainingIsRefusedWhereTheInputHasNoEnd() throws Exception {
    JobSettings settings =
        JobChecks.check(
            new Configuration(), new Configuration(), Golden.weightsFile(), false, false);
    try (OneInputStreamOperatorTestHarness<Stamped, Half> gate = gate(settings)) {
      gate.open();
      assertThatThrownBy(() -> gate.processWatermark(Watermark.MAX_WATERMARK))
          .hasMessage(
              "draining would close windows that are still open: stop the job without --drain,"
                  + " drain=true");
    }
  }

  private static Stamped stamped(int partition, long t) {
    return new Stamped(partition, new Interaction("a", "b", t), false);
  }

  private static OneInputStreamOperatorTestHarness<Stamped, Half> gate() throws Exception {
    JobSettings settings =
        JobChecks.check(
            new Configuration(), new Configuration(), Golden.weightsFile(), true, false);
    return gate(settings);
  }

  private static OneInputStreamOperatorTestHarness<Stamped, Half> gate(JobSettings settings)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new OperatorFactory<Stamped, Half>(Gate.class, settings, Gate::new), 128, 1, 0);
  }
}
