package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** State of another version is refused, with both versions named. */
@SuppressWarnings("try") // a harness closes by a method that may be interrupted
class StateVersionTest {
  private final JobSettings settings =
      JobChecks.check(
          JobRun.settings(1, 1_000), new Configuration(), Golden.weightsFile(), true, false);

  @Test
  void clocks() throws Exception {
    OperatorSubtaskState state = writtenBy(new OtherVersion<ForReader>("clocks"));
    try (OneInputStreamOperatorTestHarness<ForGate, ForReader> gate =
        new OneInputStreamOperatorTestHarness<>(
            new OperatorFactory<ForGate, ForReader>(Gate.class, settings, Gate::new), 128, 1, 0)) {
      assertThatThrownBy(() -> gate.initializeState(state))
          .hasMessage("clocks of another version: version=99, expected=1");
    }
  }

  @Test
  void records() throws Exception {
    OperatorSubtaskState state = writtenBy(new OtherVersion<OutputRecord>("format"));
    try (KeyedOneInputStreamOperatorTestHarness<Long, ForUpdater, OutputRecord> updater =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new OperatorFactory<ForUpdater, OutputRecord>(
                Updater.class, settings, (parameters, s) -> new Updater(parameters, s, false)),
            ForUpdater::receiver,
            Types.LONG,
            128,
            1,
            0)) {
      assertThatThrownBy(() -> updater.initializeState(state))
          .hasMessageStartingWith(
              "state of another kind; start with the settings and the version it was written by:"
                  + " found: state=99, window=1000 ms; expected: state=4, window=1000 ms, record=[");
    }
  }

  @Test
  void heldInteractions() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(8);
    out.writeInt(99);
    out.writeInt(0);
    assertThatThrownBy(
            () -> new HeldHalves().read(new DataInputDeserializer(out.getCopyOfBuffer())))
        .hasMessage("held interactions of another version: version=99, expected=3");
  }

  private static <T> OperatorSubtaskState writtenBy(OtherVersion<T> operator) throws Exception {
    try (OneInputStreamOperatorTestHarness<Object, T> harness =
        new OneInputStreamOperatorTestHarness<>(operator, 128, 1, 0)) {
      harness.open();
      return harness.snapshot(1, 1);
    }
  }

  /** Leaves state under a name of ours, as version 99 might. */
  private static final class OtherVersion<T> extends AbstractStreamOperator<T>
      implements OneInputStreamOperator<Object, T> {
    private static final long serialVersionUID = 1L;
    private final String name;

    OtherVersion(String name) {
      this.name = name;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      if (name.equals("clocks")) {
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(name, LongPrimitiveArraySerializer.INSTANCE))
            .add(new long[] {99});
      } else {
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(name, StringSerializer.INSTANCE))
            .add("state=99, window=1000 ms");
      }
    }

    @Override
    public void processElement(StreamRecord<Object> element) {
      throw new AssertionError("only its state counts");
    }
  }
}
