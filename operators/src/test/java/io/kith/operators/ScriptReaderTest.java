package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {
  private final SaidOutput output = new SaidOutput();

  /** Five arrivals in partitions 0, 1, 0, 1, 0. */
  private final ArrivalScript script =
      JobRun.script(
          IntStream.range(0, 5).mapToObj(i -> new Interaction("a" + i, "b", i)).toList(), 2);

  @Test
  void playsItsPartitionsInTurnsAndEnds() {
    ScriptReader<Arrival> reader = new ScriptReader<>(script, false, 2);
    reader.addSplits(List.of(new ScriptSplit(0, 0), new ScriptSplit(1, 0)));
    reader.notifyNoMoreSplits();

    assertThat(poll(reader)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(output.said())
        .containsExactly(
            "0: offset 0",
            "0: offset 1",
            "1: offset 0",
            "1: offset 1",
            "0: offset 2",
            "0: released",
            "1: released");
  }

  @Test
  void goesOnFromWhereItWas() {
    ScriptReader<Arrival> reader = new ScriptReader<>(script, true, 2);
    reader.addSplits(List.of(new ScriptSplit(0, 2)));
    poll(reader);

    assertThat(output.said()).containsExactly("0: offset 2");
    assertThat(reader.snapshotState(1)).containsExactly(new ScriptSplit(0, 3));
  }

  /** A reader that ended would say that event time is over, of a stream that only is silent. */
  @Test
  void anEndlessOneDoesNotEndEvenIfItHasNoPartition() {
    ScriptReader<Arrival> reader = new ScriptReader<>(script, true, 1);
    reader.notifyNoMoreSplits();
    assertThat(poll(reader)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
  }

  private InputStatus poll(ScriptReader<Arrival> reader) {
    InputStatus status;
    do {
      status = reader.pollNext(output);
    } while (status == InputStatus.MORE_AVAILABLE);
    return status;
  }
}
