package io.kith.operators;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Beside the source of requests: reads them into questions. Those that it refuses go to the dead
 * letters, and are answered with the reason where they have a correlation id. Requests have no part
 * in event time: this is idle from the start and says no watermark. They go by the Gates, so that
 * what a Reader hears first is the promise of these. Keeps no state.
 */
final class RequestIntake extends AbstractStreamOperator<ForGate>
    implements OneInputStreamOperator<RawArrival, ForGate> {
  private static final long serialVersionUID = 1L;

  /** Answers to requests that were refused. */
  static final OutputTag<OutputRecord> REFUSALS = new OutputTag<>("refusals", WireTypes.OUTPUT);

  private final RequestParser parser;
  private final String modelVersion;
  private AnswerJson json;
  private Counter requests;
  private Counter refused;

  RequestIntake(StreamOperatorParameters<ForGate> parameters, JobSettings settings) {
    super(parameters);
    parser =
        new RequestParser(settings.parser(), settings.whoNext().k(), System::currentTimeMillis);
    modelVersion = settings.weights().version();
  }

  @Override
  public void open() throws Exception {
    super.open();
    json = new AnswerJson(modelVersion);
    requests = getMetricGroup().counter("requests");
    refused = getMetricGroup().counter("refused");
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  @Override
  public void processElement(StreamRecord<RawArrival> element) {
    RawArrival arrival = element.getValue();
    RequestParser.Parsed parsed = parser.parse(arrival.origin(), arrival.value());
    if (parsed.refusal() == null) {
      requests.inc();
      parsed.questions().forEach(question -> output.collect(new StreamRecord<>(question)));
    } else {
      refused.inc();
      refuse(arrival, parsed);
    }
  }

  private void refuse(RawArrival arrival, RequestParser.Parsed parsed) {
    String reason = parsed.refusal().reason();
    output.collect(
        Intake.DEAD_LETTERS,
        new StreamRecord<>(
            new DeadLetter(arrival.origin(), arrival.key(), arrival.value(), reason, "requests")));
    if (parsed.correlationId() != null) {
      long now = getProcessingTimeService().getCurrentProcessingTime();
      output.collect(REFUSALS, new StreamRecord<>(json.error(parsed.correlationId(), reason, now)));
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    // Has no part in event time.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Idle it is, and stays.
  }
}
