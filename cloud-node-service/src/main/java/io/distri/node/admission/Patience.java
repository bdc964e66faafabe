package io.distri.node.admission;

import java.time.Duration;

/**
 * How long a caller waits.
 *
 * @param named whether it said so itself; else it is as long as the node works on any call
 */
public record Patience(Duration left, boolean named) {}
