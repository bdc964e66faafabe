package io.distri.client;

/**
 * What became of a written document.
 *
 * @param uuid of the document
 * @param version for a later {@code ifVersion}; empty where the node did not tell
 */
public record WrittenDocument(String uuid, String version) {}
