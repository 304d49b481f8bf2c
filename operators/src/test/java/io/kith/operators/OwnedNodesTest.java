package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.ModelSizes;
import io.kith.state.HeapNodeStore;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;
import org.junit.jupiter.api.Test;

class OwnedNodesTest {
  private static final RecordLayout LAYOUT = StoredRecord.layout(ModelSizes.DEFAULT);

  private final OwnedNodes nodes =
      new OwnedNodes(new HeapNodeStore(LAYOUT, 10), new KeyGroups(1, 1));
  private final StoredRecord record = StoredRecord.blank(LAYOUT);

  @Test
  void aNodeRemovedIsNoTargetAnyMoreAndItsStateIsToBeCleared() {
    record.roles(RecordFlyweight.TARGET);
    nodes.write(1, record);
    nodes.write(2, record);
    nodes.changed().clear();

    assertThat(nodes.remove(1)).isTrue();

    assertThat(nodes.read(1, record)).isFalse();
    assertThat(nodes.targetsBeside(1).contains(1)).isFalse();
    assertThat(nodes.targetsBeside(1).contains(2)).isTrue();
    assertThat(nodes.changed().toArray()).containsExactly(1L);
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    assertThat(nodes.remove(3)).isFalse();
    assertThat(nodes.changed().toArray()).isEmpty();
  }
}
