package io.github.lanewise.examples.serve;

import java.time.Duration;

/**
 * Where a server listens, and what it bears.
 *
 * @param host the name or address of a network interface
 * @param port 0 for any that is free
 * @param maxBody the largest body of a request, in bytes
 * @param queue the most pictures that are decoded, wait or are classified at a time
 * @param batch the most pictures that are classified together
 * @param waitMillis how long the first of a batch waits for others, in milliseconds
 * @param timeout how long a client may take to send a body, or to take an answer
 */
public record ServerOptions(
    String host, int port, int maxBody, int queue, int batch, int waitMillis, Duration timeout) {}
