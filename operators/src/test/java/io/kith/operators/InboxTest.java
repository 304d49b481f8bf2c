package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final Inbox inbox = new Inbox();

  @Test
  void halvesAreInTheOrderOfTheirReceiversAndRecordsAreByOwner() {
    byte[] ofA = {1};
    inbox.add(new Half(0, new Interaction("a", "b", 2), true), ofA);
    inbox.add(new Half(0, new Interaction("a", "c", 2), true), null);
    inbox.add(new Half(0, new Interaction("a", "b", 1), true), null);

    assertThat(inbox.inOrder())
        .isSortedAccordingTo(Comparator.comparingLong(Half::partner))
        .filteredOn(half -> half.partnerId().equals("b"))
        .extracting(half -> half.interaction().timestamp())
        .containsExactly(1L, 2L);
    assertThat(inbox.recordOf(NodeKey.of("a"))).isSameAs(ofA);
    assertThat(inbox.recordOf(NodeKey.of("b"))).isNull();

    inbox.clear();
    assertThat(inbox.inOrder()).isEmpty();
    assertThat(inbox.recordOf(NodeKey.of("a"))).isNull();
  }

  @Test
  void aWindowLikeTheOneBeforeAllocatesNothing() {
    byte[] record = {1};
    List<Half> halves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      halves.add(new Half(0, new Interaction("a" + i % 3, "b" + i, i), i % 2 == 0));
    }
    assertThat(allocated(halves, record)).as("the first: arrays grow").isPositive();
    assertThat(allocated(halves, record) / (1_000.0 * halves.size())).isLessThan(1);
  }

  /** Bytes, of 1,000 windows. */
  private long allocated(List<Half> halves, byte[] record) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int window = 0; window < 1_000; window++) {
      for (int i = 0; i < halves.size(); i++) {
        inbox.add(halves.get(i), record);
      }
      for (int i = 0; i < inbox.inOrder().size(); i++) {
        if (inbox.recordOf(halves.get(i).owner()) != record) {
          throw new AssertionError("no record: i=" + i);
        }
      }
      inbox.clear();
    }
    return threads.getThreadAllocatedBytes(thread) - before;
  }
}
