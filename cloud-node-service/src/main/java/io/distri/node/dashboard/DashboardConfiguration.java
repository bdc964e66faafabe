package io.distri.node.dashboard;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.ClusterTable;
import io.distri.node.service.ServiceCounters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Wires the page. */
@Configuration(proxyBeanMethods = false)
@Import(DashboardController.class)
public class DashboardConfiguration {

  @Bean
  Sampler dashboardSampler(
      MeterRegistry meters,
      ServiceCounters counters,
      AdmissionControl admission,
      ClusterTable table,
      DocumentStore documents) {
    return new Sampler(
        new NodeMeters(meters, counters), admission, table, documents, Clock.systemUTC());
  }

  @Bean
  DashboardStream dashboardStream(Sampler sampler, LocalNode self, JsonMapper json) {
    return new DashboardStream(sampler, self, json);
  }
}
