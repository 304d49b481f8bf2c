package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import java.util.List;
import java.util.OptionalLong;
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
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(0, 2_500)));

      List<ForReader> halves = gate.extractOutputValues();
      assertThat(halves).extracting(GateTest::window).containsExactly(2L, 2L);
      assertThat(halves)
          .extracting(half -> ((Half) half).fromSource())
          .containsExactly(true, false);
    }
  }

  @Test
  void aWatermarkIsCutToTheEndOfAWindow() throws Exception {
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.open();
      gate.processWatermark(new Watermark(2_700));
      assertThat(gate.getOutput()).containsExactly(new Watermark(1_999));
    }
  }

  @Test
  void silenceClosesWhatIsFilledAndIdlenessEndsHere() throws Exception {
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
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
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(3, 9_500)));
      gate.processWatermark(new Watermark(6_999));
      state = gate.snapshot(1, 1);
    }
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.initializeState(state);
      gate.open();
      assertThat(gate.getOutput()).containsExactly(new Watermark(6_999));
      gate.processElement(new StreamRecord<>(stamped(3, 1_000)));
      gate.processElement(new StreamRecord<>(stamped(4, 1_000)));

      assertThat(gate.extractOutputValues())
          .as("late by its partition's clock; a new partition, by what is closed")
          .extracting(GateTest::window)
          .containsExactly(8L, 8L, 7L, 7L);
    }
  }

  @Test
  void drainingIsRefusedWhereTheInputHasNoEnd() throws Exception {
    JobSettings settings =
        JobChecks.check(
            new Configuration(), new Configuration(), Golden.weightsFile(), false, false);
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate(settings)) {
      gate.open();
      assertThatThrownBy(() -> gate.processWatermark(Watermark.MAX_WATERMARK))
          .hasMessage(
              "draining would close windows that are still open: stop the job without --drain,"
                  + " drain=true");
    }
  }

  @Test
  void aNodeIsForgottenAfterAllThatHasComeAsEverySubtaskIsTold() throws Exception {
    Configuration two = new Configuration();
    two.setString("parallelism", "2");
    JobSettings settings =
        JobChecks.check(two, new Configuration(), Golden.weightsFile(), true, false);
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate(settings)) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(0, 2_500)));
      gate.getOutput().clear();
      gate.processElement(new StreamRecord<>(request(OptionalLong.empty())));

      List<ForReader> forgets = gate.extractOutputValues();
      assertThat(forgets).extracting(GateTest::window).containsExactly(3L, 3L);
      assertThat(forgets)
          .extracting(forget -> settings.keyGroups().subtaskOf(forget.owner()))
          .containsExactly(0, 1);
      assertThat(forgets)
          .extracting(forget -> ((Forget) forget).request().node())
          .containsOnly("x");
    }
  }

  @Test
  void aNodeIsForgottenAfterTheWindowOfTheTimeGivenUnlessThatIsClosed() throws Exception {
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.open();
      gate.processWatermark(new Watermark(6_999));
      gate.processElement(new StreamRecord<>(request(OptionalLong.of(9_400))));
      gate.processElement(new StreamRecord<>(request(OptionalLong.of(400))));
      assertThat(gate.extractOutputValues()).extracting(GateTest::window).containsExactly(10L, 7L);
    }
  }

  @Test
  void forgettingInASilentStreamClosesNoWindow() throws Exception {
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate = gate()) {
      gate.open();
      gate.processElement(new StreamRecord<>(stamped(0, 2_500)));
      gate.processWatermarkStatus(WatermarkStatus.IDLE);
      gate.getOutput().clear();
      for (int n = 0; n < 3; n++) {
        gate.processElement(new StreamRecord<>(request(OptionalLong.empty())));
        gate.processWatermarkStatus(WatermarkStatus.IDLE);
      }
      assertThat(gate.extractOutputValues())
          .extracting(GateTest::window)
          .containsExactly(3L, 3L, 3L);
      assertThat(gate.getOutput()).contains(new Watermark(2_999));
      assertThat(gate.getOutput()).doesNotContain(new Watermark(3_999));
    }
  }

  private static ForgetRequest request(OptionalLong timestamp) {
    return new ForgetRequest(0, 0, "x", timestamp);
  }

  private static Stamped stamped(int partition, long t) {
    return new Stamped(partition, new Interaction("a", "b", t), false);
  }

  private static OneInputStreamOperatorTestHarness<ForGate, ForReader> gate() throws Exception {
    JobSettings settings =
        JobChecks.check(
            new Configuration(), new Configuration(), Golden.weightsFile(), true, false);
    return gate(settings);
  }

  private static OneInputStreamOperatorTestHarness<ForGate, ForReader> gate(JobSettings settings)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new OperatorFactory<ForGate, ForReader>(Gate.class, settings, Gate::new), 128, 1, 0);
  }

  private static long window(ForReader sent) {
    return ((InWindow) sent).window();
  }
}
