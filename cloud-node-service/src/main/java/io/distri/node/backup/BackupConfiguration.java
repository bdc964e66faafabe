package io.distri.node.backup;

import io.distri.node.db.DocumentStore;
import io.distri.node.db.service.WriteAcks;
import io.distri.node.local.LocalNode;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalWire;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires backups. */
@Configuration(proxyBeanMethods = false)
public class BackupConfiguration {

  @Bean
  BackupController backupController(
      LocalNode self,
      ClusterId cluster,
      DocumentStore documents,
      WriteAcks acks,
      InternalWire wire) {
    Conflicts conflicts = new Conflicts(documents, new SecureRandom()::nextLong);
    Intake intake = new Intake(documents, conflicts, acks);
    return new BackupController(self, cluster, documents, acks, intake, wire, Clock.systemUTC());
  }
}
