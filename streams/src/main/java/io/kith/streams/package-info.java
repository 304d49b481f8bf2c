/**
 * Kafka Streams applications on Kith's topics, and the JSON form of Kith's records. Knows neither
 * Flink nor the N-cache store: Flink's RocksDB and Kafka Streams' must never share a class path, so
 * what is here runs as a process of its own.
 */
package io.kith.streams;
