package io.kith.streams.serve;

import java.util.concurrent.atomic.LongAdder;

/** What has been read from the topics since the start, in records. Any thread. */
final class Absorbed {
  final LongAdder embeddings = new LongAdder();
  final LongAdder tombstones = new LongAdder();
  final LongAdder predictions = new LongAdder();

  /** Records that were skipped, for their key is not the node they speak of. */
  final LongAdder misplaced = new LongAdder();
}
