package io.distri.node.db;

/** What adding or updating a document came to. */
public sealed interface WriteOutcome permits Written, WriteOutcome.Existing, Refusal {

  /**
   * The document was there already, with the same content; nothing was written.
   *
   * @param uuid the document
   * @param session the writes that made it so; it is as safe as those are
   * @param version see {@link DocumentState#version()}
   */
  record Existing(String uuid, VersionVector session, String version) implements WriteOutcome {}
}
