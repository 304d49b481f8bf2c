package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.state.HeapNodeStore;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final RecordLayout LAYOUT = StoredRecord.layout(ModelSizes.DEFAULT);
  private static final KeyGroups KEY_GROUPS = new KeyGroups(128, 2);

  private final OwnedNodes nodes = new OwnedNodes(new HeapNodeStore(LAYOUT, 10), KEY_GROUPS);
  private final String owner = nodeOf(0, 0);

  @Test
  void aRecordGoesOnceToEachOtherSubtaskAndNeverToItsOwn() {
    nodes.write(NodeKey.of(owner), StoredRecord.blank(LAYOUT));
    List<Half> halves = new ArrayList<>();
    for (int n = 1; n <= 3; n++) {
      halves.add(new Half(0, new Interaction(owner, nodeOf(1, n), n), true));
      halves.add(new Half(0, new Interaction(nodeOf(0, n), owner, n), false));
    }
    List<Boolean> recordToOther = new ArrayList<>();
    outbox()
        .send(
            halves,
            (half, subtask, record) -> {
              if (subtask == 0) {
                assertThat(record).as("to its own subtask").isNull();
              } else {
                recordToOther.add(record != null);
              }
            });
    assertThat(recordToOther).containsExactly(true, false, false);
  }

  @Test
  void aNodeNeverSeenHasNoRecordToSend() {
    List<Half> halves = new ArrayList<>();
    halves.add(new Half(0, new Interaction(owner, nodeOf(1, 1), 5), true));
    outbox().send(halves, (half, subtask, record) -> assertThat(record).isNull());
  }

  private Outbox outbox() {
    return new Outbox(nodes, KEY_GROUPS, 0, new StoredRecord(LAYOUT));
  }

  /** The n-th name whose node belongs to a subtask. */
  private static String nodeOf(int subtask, int n) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "node" + i)
        .filter(id -> KEY_GROUPS.subtaskOf(NodeKey.of(id)) == subtask)
        .skip(n)
        .findFirst()
        .orElseThrow();
  }
}
