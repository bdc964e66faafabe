package io.distri.client;

/**
 * A server-sent event.
 *
 * @param type what happened
 * @param data about it
 * @param id of the last event that had one, this one included: where to go on; empty before the
 *     first
 */
public record ServerEvent(String type, String data, String id) {}
