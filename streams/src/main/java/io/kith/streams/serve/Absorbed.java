package io.kith.streams.serve;

import java.util.concurrent.atomic.LongAdder;

/**
 * What has been read from the topics since the start and is kept in memory beside the stores. Any
 * thread.
 */
final class Absorbed {
  final SimilarityIndex index;
  final NodeNames names = new NodeNames();
  final LiveStream live = new LiveStream(System::currentTimeMillis);

  // Numbers of records.
  final LongAdder embeddings = new LongAdder();
  final LongAdder tombstones = new LongAdder();
  final LongAdder predictions = new LongAdder();
  final LongAdder recommendations = new LongAdder();

  /** Records that were skipped, for their key is not the node they speak of. */
  final LongAdder misplaced = new LongAdder();

  Absorbed(SimilarityIndex index) {
    this.index = index;
  }
}
