package io.distri.peer;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.peer.book.Book;
import io.distri.peer.book.Changes;
import io.distri.peer.book.Findings;
import io.distri.peer.catalog.Catalog;
import io.distri.peer.catalog.OwnImages;
import io.distri.peer.catalog.Publisher;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.entry.Signatures;
import io.distri.peer.operations.Engine;
import io.distri.peer.operations.Peer;
import io.distri.peer.progress.Progress;
import io.distri.peer.settings.PeerProperties;
import io.distri.peer.sharing.Grants;
import io.distri.peer.sharing.Messenger;
import io.distri.peer.sharing.Mirror;
import io.distri.peer.sharing.Reconciler;
import io.distri.peer.sharing.Requests;
import io.distri.peer.sharing.Watch;
import io.distri.peer.sharing.Witness;
import io.distri.peer.transfer.Arrivals;
import io.distri.peer.transfer.Borrowed;
import io.distri.peer.transfer.Deliveries;
import io.distri.peer.transfer.PeerLink;
import io.distri.peer.transfer.Sealer;
import io.distri.peer.vault.Folders;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.PeerId;
import io.distri.peer.viewing.Viewer;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** What a peer is made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PeerProperties.class)
class PeerConfiguration {

  @Bean
  Folders folders(PeerProperties properties) {
    return new Folders(properties.dir());
  }

  @Bean
  Keys keys(PeerProperties properties, Folders folders) {
    return Keys.loadOrCreate(properties.identifier(), folders.root());
  }

  @Bean
  PeerId self(Keys keys) {
    return keys.id();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Whoever wants to follow what a peer does declares a bean of that type. */
  @Bean
  @Fallback
  Progress progress() {
    Logger log = LoggerFactory.getLogger(Progress.class);
    return (step, share) -> log.debug("{} {}", step, share);
  }

  @Bean
  Signatures signatures() {
    return new Signatures();
  }

  @Bean
  Changes changes() {
    return new Changes();
  }

  @Bean
  Findings findings(Changes changes, Book book) {
    Findings findings = new Findings(changes);
    if (book.damaged() > 0) {
      findings.add(
          "%s pages of the ledger on this machine were edited or are damaged: they don't count."
              .formatted(book.damaged()));
    }
    if (!Folders.takesAllNames()) {
      findings.add(Folders.ASCII_ALONE);
    }
    return findings;
  }

  @Bean
  Book book(Folders folders, PeerId self, Signatures signatures) {
    return new Book(folders.book(), self, signatures);
  }

  @Bean
  Directory directory(DistriCollections collections, Signatures signatures) {
    return new Directory(collections, signatures);
  }

  @Bean
  Contacts contacts(Directory directory, Book book) {
    return new Contacts(directory, book);
  }

  @Bean
  Catalog catalog() {
    return new Catalog();
  }

  @Bean
  OwnImages ownImages(Folders folders, PeerProperties properties) {
    return new OwnImages(folders, properties.maxImage().toBytes());
  }

  @Bean
  Publisher publisher(
      Keys keys,
      PeerProperties properties,
      Signatures signatures,
      Book book,
      OwnImages images,
      Folders folders,
      Clock clock) {
    return new Publisher(
        keys, properties.address(), signatures, book, images, folders.hidden(), clock);
  }

  @Bean
  Requests requests(
      Keys keys,
      Signatures signatures,
      Book book,
      OwnImages images,
      Clock clock,
      Progress progress) {
    return new Requests(keys, signatures, book, images, clock, progress);
  }

  @Bean
  Grants grants(Keys keys, Signatures signatures, Book book, OwnImages images, Progress progress) {
    return new Grants(keys, signatures, book, images, progress);
  }

  @Bean
  Witness witness(PeerId self, Book book, Requests requests, Findings findings, Progress progress) {
    return new Witness(self, book, requests, findings, progress);
  }

  @Bean
  Mirror mirror(PeerId self, Contacts contacts, Catalog catalog) {
    return new Mirror(self, contacts, catalog);
  }

  @Bean
  Watch watch(Directory directory, Mirror mirror) {
    return new Watch(directory, mirror);
  }

  @Bean
  Reconciler reconciler(
      PeerId self,
      Book book,
      Directory directory,
      Contacts contacts,
      Publisher publisher,
      Witness witness,
      Changes changes,
      Watch watch,
      Mirror mirror,
      Grants grants,
      Progress progress) {
    return new Reconciler(
        self, book, directory, contacts, publisher, witness, changes, watch, mirror, grants,
        progress);
  }

  @Bean
  PeerLink peerLink(Keys keys) {
    return new PeerLink(keys.identity());
  }

  @Bean
  Sealer sealer(DistriClient cloud) {
    return new Sealer(cloud);
  }

  @Bean
  Borrowed borrowed(Folders folders, Signatures signatures, Progress progress) {
    return new Borrowed(folders, signatures, progress);
  }

  @Bean
  Arrivals arrivals(
      Folders folders, Borrowed borrowed, Keys keys, PeerProperties properties, Progress progress) {
    return new Arrivals(folders, borrowed, keys.age(), properties.maxImage().toBytes(), progress);
  }

  @Bean
  Deliveries deliveries(
      Keys keys,
      Folders folders,
      Book book,
      Signatures signatures,
      Contacts contacts,
      OwnImages images,
      Sealer sealer,
      PeerLink link,
      Changes changes,
      Clock clock,
      Grants grants,
      Progress progress) {
    return new Deliveries(
        keys,
        folders,
        book,
        signatures,
        contacts,
        images,
        sealer,
        link,
        changes,
        clock,
        grants::endUndeliverable,
        progress);
  }

  @Bean
  Messenger messenger(PeerId self, Book book, Contacts contacts, Borrowed borrowed, PeerLink link) {
    return new Messenger(self, book, contacts, borrowed, link);
  }

  @Bean
  Viewer viewer(
      Keys keys,
      Book book,
      Directory directory,
      Signatures signatures,
      Witness witness,
      Borrowed borrowed,
      Findings findings,
      Progress progress) {
    return new Viewer(keys, book, directory, signatures, witness, borrowed, findings, progress);
  }

  @Bean
  Engine engine(
      Keys keys,
      Directory directory,
      Watch watch,
      Reconciler reconciler,
      Messenger messenger,
      Deliveries deliveries,
      Viewer viewer,
      OwnImages images,
      Sealer sealer,
      PeerProperties properties) {
    return new Engine(
        keys,
        directory,
        watch,
        reconciler,
        messenger,
        deliveries,
        viewer,
        images,
        sealer,
        properties.syncInterval());
  }

  @Bean
  Peer peer(
      PeerId self,
      Book book,
      OwnImages images,
      Folders folders,
      Catalog catalog,
      Contacts contacts,
      Directory directory,
      Requests requests,
      Grants grants,
      Borrowed borrowed,
      Viewer viewer,
      Engine engine,
      Findings findings,
      Changes changes) {
    return new Peer(
        self,
        book,
        images,
        folders.hidden(),
        catalog,
        contacts,
        directory,
        requests,
        grants,
        borrowed,
        viewer,
        engine,
        findings,
        changes);
  }
}
