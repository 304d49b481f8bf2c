package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final TopicPartition A = new TopicPartition("kith.embeddings", 0);
  private static final TopicPartition B = new TopicPartition("kith.predictions", 1);

  @Test
  void isDoneWhenEachPartitionHasReachedItsEnd() {
    CatchUp catchUp = new CatchUp(Map.of(A, 10L, B, 20L));
    catchUp.update(Map.of(A, 10L, B, 5L));

    assertThat(catchUp.isDone(0)).isTrue();
    assertThat(catchUp.isDone(1)).isFalse();
    assertThat(catchUp.of(1)).isEqualTo(new Progress(5, 20));

    catchUp.update(Map.of(A, 3L, B, 20L));
    assertThat(catchUp.isDone()).as("what has arrived does not come back").isTrue();
  }

  @Test
  void aPartitionThatStandsBeforeWhatNobodyCanReadArrives() {
    CatchUp catchUp = new CatchUp(Map.of(A, 10L, B, 20L));
    List<String> looked = new ArrayList<>();
    catchUp.update(Map.of(B, 5L));
    catchUp.pass((partition, from, end) -> looked.add(partition + " " + from + " " + end));
    assertThat(looked).as("only one that stands").containsExactly(A + " 0 10");
    assertThat(catchUp.isDone()).isFalse();

    catchUp.update(Map.of(B, 5L));
    catchUp.pass((partition, from, end) -> partition.equals(A));
    assertThat(catchUp.isDone(1)).isTrue();
    assertThat(catchUp.isDone(0)).isFalse();

    catchUp.update(Map.of());
    catchUp.pass((partition, from, end) -> false);
    assertThat(catchUp.isDone()).isTrue();
  }
}
