package io.distri.node.db.service;

import io.distri.node.db.Document;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Quota;
import io.distri.node.db.Replica;
import io.distri.node.db.filter.Filter;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.service.CloudService;
import io.distri.node.settings.NodeProperties;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.ServiceNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the document DB. */
@Configuration(proxyBeanMethods = false)
@Import(ChangesController.class)
public class DbConfiguration {

  @Bean
  StoragePlace storagePlace(NodeProperties properties, MeterRegistry meters) {
    return new StoragePlace(properties.db().dataDir(), meters);
  }

  @Bean
  DocumentStore documentStore(StoragePlace storage, NodeProperties properties) {
    try {
      return storage.read(journal ->
          new Replica(
              new SecureRandom().nextLong(),
              new HlcClock(System::currentTimeMillis),
              () -> UUID.randomUUID().toString(),
              properties.db().initialCollections(),
              journal,
              new Quota(properties.db().maxBytes().toBytes())));
    } catch (InvalidInputException e) {
      throw new NodeStartException(
          "distri.node.db.initial-collections: " + e.detail(), "Choose other names.", e);
    }
  }

  @Bean
  Sessions sessions(
      DocumentStore documents, WriteAcks acks, NodeProperties properties, MeterRegistry meters) {
    Timer acknowledging =
        Timer.builder("distri.db.write.ack")
            .description("how long writes wait until enough nodes hold them")
            .register(meters);
    return new Sessions(documents, acks, properties.db(), acknowledging);
  }

  @Bean
  DbMetrics dbMetrics(DocumentStore documents) {
    return new DbMetrics(documents);
  }

  @Bean
  Scans scans(MeterRegistry meters) {
    Scans scans = new Scans(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    Gauge.builder("distri.db.scans", scans, Scans::count)
        .description("filtered reads and deletions that look for documents, or wait for that")
        .register(meters);
    return scans;
  }

  @Bean
  CollectionWriter collectionWriter(
      DocumentStore documents, Sessions sessions, Scans scans, NodeProperties properties) {
    return new CollectionWriter(documents, sessions, scans, properties.db().maxCollections());
  }

  @Bean
  CloudService createCollectionService(CollectionWriter writer) {
    return new DbService(
        ServiceNames.CREATE_COLLECTION,
        CollectionWriter.NAME_BYTES,
        true,
        writer::createCollection);
  }

  @Bean
  CloudService deleteCollectionService(CollectionWriter writer) {
    return new DbService(
        ServiceNames.DELETE_COLLECTION,
        CollectionWriter.NAME_BYTES,
        false,
        writer::deleteCollection);
  }

  @Bean
  CloudService addDocumentService(CollectionWriter writer) {
    return new DbService(
        ServiceNames.ADD_DOCUMENT, 2 * Document.MAX_BYTES, false, writer::addDocument);
  }

  @Bean
  CloudService updateDocumentService(CollectionWriter writer) {
    return new DbService(
        ServiceNames.UPDATE_DOCUMENT, 2 * Document.MAX_BYTES, false, writer::updateDocument);
  }

  @Bean
  CloudService deleteDocumentService(CollectionWriter writer) {
    return new DbService(
        ServiceNames.DELETE_DOCUMENT, Filter.MAX_BYTES, false, writer::deleteDocuments);
  }

  @Bean
  CloudService readCollectionService(DocumentStore documents, Sessions sessions, Scans scans) {
    return new DbService(
        ServiceNames.READ_COLLECTION,
        Filter.MAX_BYTES,
        true,
        new CollectionReader(documents, sessions, scans)::read);
  }
}
