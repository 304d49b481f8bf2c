package io.kith.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Skips a record that cannot be read, with one line in the log; Kafka Streams counts it in its
 * metric {@code dropped-records-total}.
 *
 * <p>It does not go to the dead-letter topic. That is for what users sent in and may want to mend
 * and send again. An unreadable prediction is a fault of a program, it stays readable on its own
 * topic at the offset that the log names, and an application that measures must not write where the
 * job reads from.
 */
public final class SkipUnreadable implements DeserializationExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SkipUnreadable.class);

  /** Called by Kafka Streams by name. */
  public SkipUnreadable() {}

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception fault) {
    LOG.warn(
        "record skipped, {}: topic={}, partition={}, offset={}",
        fault.getMessage(),
        record.topic(),
        record.partition(),
        record.offset());
    return Response.resume();
  }

  @Override
  public void configure(Map<String, ?> settings) {}
}
