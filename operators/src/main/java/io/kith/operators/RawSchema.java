package io.kith.operators;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes Kafka's records as they are. */
final class RawSchema implements KafkaRecordDeserializationSchema<RawArrival> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawArrival> out) {
    Origin origin =
        new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    out.collect(new RawArrival(origin, record.key(), record.value()));
  }

  @Override
  public TypeInformation<RawArrival> getProducedType() {
    return WireTypes.RAW;
  }
}
