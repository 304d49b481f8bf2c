package io.kith.deploy.chaos;

/** What can be killed. */
enum Victim {
  /** A task manager of Flink: its tasks and their off-heap stores are gone. */
  TASK_MANAGER("task manager"),
  /** The Kafka broker: its log directory stays. */
  BROKER("broker"),
  /**
   * The job manager of Flink: the job is gone, and is submitted again from its newest checkpoint.
   */
  JOB_MANAGER("job manager");

  private final String words;

  Victim(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
