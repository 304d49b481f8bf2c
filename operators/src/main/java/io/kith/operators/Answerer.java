package io.kith.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts the parts of an answer together. All of a request's questions pass a barrier on the same
 * side, and all parts of their answers after them; so at a barrier nothing is held.
 */
final class Answerer extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<AnswerPart, OutputRecord> {
  private static final long serialVersionUID = 1L;

  private final String modelVersion;
  private final Map<RequestName, List<AnswerPart>> held = new HashMap<>();
  private AnswerJson json;
  private Counter answered;

  Answerer(StreamOperatorParameters<OutputRecord> parameters, JobSettings settings) {
    super(parameters);
    modelVersion = settings.weights().version();
  }

  @Override
  public void open() throws Exception {
    super.open();
    json = new AnswerJson(modelVersion);
    answered = getMetricGroup().counter("answered");
  }

  @Override
  public void processElement(StreamRecord<AnswerPart> element) {
    AnswerPart part = element.getValue();
    RequestName request = part.question().request();
    List<AnswerPart> parts = held.computeIfAbsent(request, r -> new ArrayList<>());
    parts.add(part);
    if (parts.size() == part.parts()) {
      held.remove(request);
      answered.inc();
      long now = getProcessingTimeService().getCurrentProcessingTime();
      output.collect(
          new StreamRecord<>(
              part.question().pair() ? json.scores(parts, now) : json.whoNext(parts, now)));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (!held.isEmpty()) {
      throw new IllegalStateException(
          "answers in parts at a barrier: checkpoint=%d, requests=%s"
              .formatted(context.getCheckpointId(), held.keySet()));
    }
    super.snapshotState(context);
  }
}
