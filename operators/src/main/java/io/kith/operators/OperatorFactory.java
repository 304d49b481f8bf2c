package io.kith.operators;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes an operator of this package from the job's settings. */
final class OperatorFactory<I, O> extends AbstractStreamOperatorFactory<O>
    implements OneInputStreamOperatorFactory<I, O> {
  private static final long serialVersionUID = 1L;

  private final Class<? extends StreamOperator<O>> type;
  private final JobSettings settings;
  private final Maker<O> maker;

  /** An operator's constructor. */
  @FunctionalInterface
  interface Maker<O> extends Serializable {
    StreamOperator<O> make(StreamOperatorParameters<O> parameters, JobSettings settings);
  }

  OperatorFactory(Class<? extends StreamOperator<O>> type, JobSettings settings, Maker<O> maker) {
    this.type = type;
    this.settings = settings;
    this.maker = maker;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends StreamOperator<O>> T createStreamOperator(
      StreamOperatorParameters<O> parameters) {
    return (T) maker.make(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return type;
  }
}
