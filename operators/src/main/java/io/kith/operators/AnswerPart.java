package io.kith.operators;

import io.kith.model.Recommendation.Item;
import java.util.List;

/**
 * What one subtask has to say to a question, on its way to be put together.
 *
 * @param question the question
 * @param time for which scores hold, ms
 * @param parts in how many parts the request is answered
 * @param known whether the question's node has a record
 * @param targetKnown whether the target of a pair has one
 * @param items the best of the candidates; of a pair the target, unless one of the two is unknown
 */
record AnswerPart(
    Question question, long time, int parts, boolean known, boolean targetKnown, List<Item> items) {
  AnswerPart {
    items = List.copyOf(items);
  }

  /** A key of the subtask that it goes to. */
  long receiver() {
    return question.request().key();
  }
}
