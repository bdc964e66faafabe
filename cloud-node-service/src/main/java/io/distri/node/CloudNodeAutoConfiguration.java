package io.distri.node;

import io.distri.node.admin.AdminConfiguration;
import io.distri.node.admission.AdmissionControl;
import io.distri.node.admission.LoadMeter;
import io.distri.node.backup.BackupConfiguration;
import io.distri.node.dashboard.DashboardConfiguration;
import io.distri.node.db.service.DbConfiguration;
import io.distri.node.encrypt.EncryptConfiguration;
import io.distri.node.join.JoinConfiguration;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.MembershipConfiguration;
import io.distri.node.problem.ProblemConfiguration;
import io.distri.node.security.OperatorCertificates;
import io.distri.node.security.SecurityConfiguration;
import io.distri.node.service.ServiceConfiguration;
import io.distri.node.settings.NodeProperties;
import io.distri.node.start.NodeStartException;
import io.distri.node.stats.StatsConfiguration;
import io.distri.node.sync.SyncConfiguration;
import io.distri.protocol.HostPort;
import io.distri.protocol.WorkClass;
import io.distri.protocol.identity.Identity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Makes the application a CloudNode: the one place that says what a node is made of. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(NodeProperties.class)
@Import({
  ProblemConfiguration.class,
  SecurityConfiguration.class,
  ServiceConfiguration.class,
  StatsConfiguration.class,
  EncryptConfiguration.class,
  DbConfiguration.class,
  MembershipConfiguration.class,
  JoinConfiguration.class,
  AdminConfiguration.class,
  BackupConfiguration.class,
  SyncConfiguration.class,
  DashboardConfiguration.class
})
public class CloudNodeAutoConfiguration {

  @Bean
  Identity nodeIdentity(
      NodeProperties properties, ObjectProvider<OperatorCertificates> certificates) {
    OperatorCertificates own = certificates.getIfAvailable();
    if (own != null) {
      return own.identity();
    }
    Path directory = properties.identity().dir();
    return directory == null
        ? Identity.generate()
        : NodeStartException.reading(
            "distri.node.identity.dir", () -> Identity.loadOrCreate(directory));
  }

  @Bean
  LocalNode localNode(NodeProperties properties, Identity identity) {
    HostPort address = HostPort.parse(properties.address());
    String publicAddress = properties.publicAddress();
    Integer internalPort = properties.internalPort();
    LocalNode self =
        new LocalNode(
            identity.id(),
            address,
            publicAddress == null ? address : HostPort.parse(publicAddress),
            internalPort == null ? address.internal() : new HostPort(address.host(), internalPort));
    if (properties.leaveOnStop()) {
      self.leaveAtEnd();
    }
    return self;
  }

  @Bean
  AdmissionControl admissionControl(NodeProperties properties) {
    NodeProperties.Admission admission = properties.admission();
    int encrypt =
        admission.encryptPermits() == 0
            ? Runtime.getRuntime().availableProcessors()
            : admission.encryptPermits();
    return new AdmissionControl(
        Map.of(
            WorkClass.ENCRYPT, encrypt,
            WorkClass.DB, admission.dbPermits(),
            WorkClass.USER, admission.userPermits()));
  }

  @Bean
  LoadMeter loadMeter(LocalNode self, AdmissionControl admission) {
    return new LoadMeter(self, admission, Clock.systemUTC());
  }
}
