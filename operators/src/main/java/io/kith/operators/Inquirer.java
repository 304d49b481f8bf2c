package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Reader's part in answering requests: finds the candidates of a question's node, and sends
 * them with its record to the subtasks that own them. Only reads the nodes; all windows that the
 * Reader has let be closed must be applied. Not safe for concurrent use.
 */
final class Inquirer {
  private final Windows windows;
  private final KeyGroups keyGroups;
  private final int here;
  private final SharedNodes shared;
  private final StoredRecord record;
  private final Candidates candidates;

  Inquirer(JobSettings settings, ModelSizes sizes, int here, SharedNodes shared) {
    this.windows = settings.windows();
    this.keyGroups = settings.keyGroups();
    this.here = here;
    this.shared = shared;
    this.record = new StoredRecord(StoredRecord.layout(sizes));
    this.candidates = settings.whoNext().candidates(sizes);
  }

  /**
   * Asks whoever can answer; where nobody can, the Updater beside it, which says so.
   *
   * @param open first window that the Reader has not let be closed
   */
  void ask(Question question, long open, Shortlister.Carrier carrier) {
    boolean known = shared.nodes().read(question.owner(), record);
    Map<Integer, List<Shortlist.Candidate>> bySubtask = new TreeMap<>();
    if (question.pair()) {
      long target = NodeKey.of(question.target());
      bySubtask.put(keyGroups.subtaskOf(target), List.of(new Shortlist.Candidate(target, null)));
    } else if (known) {
      find(question, bySubtask);
    }
    if (bySubtask.isEmpty()) {
      bySubtask.put(here, List.of());
    }
    int parts = question.pair() ? question.parts() : bySubtask.size();
    long time = known ? time(open) : 0;
    bySubtask.forEach(
        (subtask, theirs) ->
            carrier.send(
                subtask,
                new Inquiry(
                    question,
                    open,
                    time,
                    parts,
                    keyGroups.keyOf(subtask),
                    known,
                    known && subtask != here ? copy() : null,
                    theirs)));
  }

  private void find(Question question, Map<Integer, List<Shortlist.Candidate>> bySubtask) {
    Set<Long> excluded = new HashSet<>();
    question.excluded().forEach(id -> excluded.add(NodeKey.of(id)));
    long[] popular = shared.popular().ofAll();
    candidates.find(question.owner(), record, popular, popular.length);
    for (int i = 0; i < candidates.size(); i++) {
      if (!excluded.contains(candidates.key(i))) {
        bySubtask
            .computeIfAbsent(keyGroups.subtaskOf(candidates.key(i)), s -> new ArrayList<>())
            .add(new Shortlist.Candidate(candidates.key(i), candidates.origin(i)));
      }
    }
  }

  /**
   * When the last closed window ends. Before the first watermark after a restart, and after the end
   * of the input, there is none: then when the window of the node's last interaction ends.
   */
  private long time(long open) {
    return open == Windows.NONE_CLOSED || open == Long.MAX_VALUE
        ? windows.start(windows.of(record.tau()) + 1)
        : windows.start(open);
  }

  private byte[] copy() {
    byte[] bytes = new byte[record.layout().length()];
    record.copyTo(bytes, 0);
    return bytes;
  }
}
