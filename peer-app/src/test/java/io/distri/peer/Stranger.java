package io.distri.peer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.peer.directory.Contacts;
import io.distri.peer.directory.Directory;
import io.distri.peer.entry.Entry;
import io.distri.peer.entry.GrantEntry;
import io.distri.peer.entry.GrantEntry.Answer;
import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.RequestEntry;
import io.distri.peer.entry.Signatures;
import io.distri.peer.entry.Signed;
import io.distri.peer.entry.UserEntry;
import io.distri.peer.transfer.Offer;
import io.distri.peer.transfer.PeerLink;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Keys;
import io.distri.peer.vault.ResourceName;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.KeyTrust;
import io.distri.protocol.image.AgeRecipient;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody with keys of his own who keeps to no rules. */
final class Stranger implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;
  private final Keys keys;
  private final Signatures signatures = new Signatures();
  private final DistriClient cloud;
  private final PeerLink link;

  Stranger(String name, Path directory, String nodes) {
    this.directory = directory;
    keys = Keys.loadOrCreate(name, directory.resolve("stranger-" + name));
    cloud = DistriClient.builder().nodes(nodes.split(",")).build();
    link = new PeerLink(keys.identity());
  }

  Keys keys() {
    return keys;
  }

  DistriCollections collections() {
    return new DistriCollections(cloud);
  }

  /** Registers, as any peer may. */
  void register(HostPort address) {
    publish(sign(user(address)));
  }

  UserEntry user(HostPort address) {
    return new UserEntry(
        keys.id(),
        address.toString(),
        keys.age().recipient().toString(),
        System.currentTimeMillis());
  }

  <E extends Entry> Signed<E> sign(E entry) {
    return signatures.sign(entry, keys);
  }

  void publish(Signed<? extends Entry> signed) {
    new Directory(collections(), signatures)
        .publish(new Signed<>(signed.entry(), signed.jws(), signed.keyId()));
  }

  /** What the directory holds under a UUID, as it is. */
  ObjectNode document(String collection, String uuid) {
    List<ObjectNode> found = collections().read(collection, DocumentQuery.matching("UUID", uuid));
    return found.isEmpty() ? JSON.createObjectNode() : found.get(0);
  }

  /** Whom this stranger takes a peer for who stands at that address. */
  Signed<UserEntry> at(TestPeer peer) {
    Contacts contacts = peer.bean(Contacts.class);
    TestPeer.until(() -> contacts.find(peer.id()).isPresent());
    return contacts.find(peer.id()).orElseThrow();
  }

  int post(TestPeer peer, String path, String body) throws IOException {
    return link.post(at(peer), path, body).status();
  }

  int offer(TestPeer peer, String grant, String parcel) throws IOException {
    return post(peer, "/peer/grants", JSON.writeValueAsString(new Offer(grant, parcel)));
  }

  RequestEntry request(TestPeer provider, String image, int views) {
    return new RequestEntry(
        provider.id(), keys.id(), ResourceName.of(image), views, System.currentTimeMillis());
  }

  GrantEntry grant(TestPeer user, String image, long views) {
    return new GrantEntry(
        keys.id(),
        user.id(),
        ResourceName.of(image),
        views,
        99,
        System.currentTimeMillis(),
        Answer.GIVEN);
  }

  ParcelEntry parcel(TestPeer user, String image, Path sealed) throws IOException {
    return new ParcelEntry(
        keys.id(), user.id(), ResourceName.of(image), Digest.of(sealed), Files.size(sealed), 1);
  }

  /** Sends bytes with this stranger's key, to any path as it is. */
  int raw(TestPeer peer, String method, String path, byte[] body) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(
        keys.identity().keyManagers(),
        new TrustManager[] {new KeyTrust((server, key) -> true)},
        new SecureRandom());
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://" + peer.address() + path))
              .version(HttpClient.Version.HTTP_1_1)
              .method(method, BodyPublishers.ofByteArray(body))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  static String missing(String resource) {
    return JSON.writeValueAsString(Map.of("resource", resource));
  }

  /** Somebody else's entry, signed with this stranger's key. */
  String forged(Entry entry) throws Exception {
    return resigned(JSON.writerFor(Entry.class).writeValueAsString(entry));
  }

  /** Whatever text, signed with this stranger's key. */
  String resigned(String payload) throws Exception {
    var jwk = new ECKey.Builder(Curve.P_256, keys.publicKey()).build();
    var jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(jwk).build(), new Payload(payload));
    jws.sign(new ECDSASigner(keys.signingKey(), Curve.P_256));
    return jws.serialize();
  }

  /** Something that only that peer can open. */
  Path sealed(TestPeer reader, byte[] content) throws Exception {
    AgeRecipient recipient = reader.bean(Keys.class).age().recipient();
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    SealedImage.sealBare(new ByteArrayInputStream(content), List.of(recipient), sealed);
    return Files.write(directory.resolve("sealed.age"), sealed.toByteArray());
  }

  @Override
  public void close() {
    link.close();
    cloud.close();
  }
}
