package io.kith.deploy.topics;

/** Kafka did not do what was asked, mostly because it is not there. */
public final class KafkaUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaUnreachableException(String why, String servers, Throwable cause) {
    super(
        "Kafka did not answer (%s); check that it runs and --bootstrap-servers: bootstrap-servers=%s"
            .formatted(why, servers),
        cause);
  }
}
