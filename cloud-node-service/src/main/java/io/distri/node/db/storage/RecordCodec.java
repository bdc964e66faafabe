package io.distri.node.db.storage;

import io.distri.node.db.JournalRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A record as bytes: CBOR, as it goes between nodes. Thread-safe. */
final class RecordCodec {
  private static final CBORMapper CBOR = new CBORMapper();
  private static final ObjectWriter WRITER = CBOR.writerFor(JournalRecord.class);
  private static final ObjectReader READER = CBOR.readerFor(JournalRecord.class);

  private RecordCodec() {}

  static byte[] toBytes(JournalRecord record) {
    return WRITER.writeValueAsBytes(record);
  }

  static JournalRecord parse(byte[] bytes) throws CorruptException {
    try {
      return READER.readValue(bytes);
    } catch (JacksonException malformed) {
      throw new CorruptException("a record can't be read: " + malformed.getOriginalMessage());
    }
  }
}
