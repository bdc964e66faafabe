package io.distri.node.stats;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceCounters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the Stats service. */
@Configuration(proxyBeanMethods = false)
public class StatsConfiguration {

  @Bean
  CloudService statsService(
      LocalNode self,
      ServiceCounters counters,
      AdmissionControl admission,
      DocumentStore documents,
      JsonMapper json) {
    return new StatsService(self, counters, admission, documents, json);
  }
}
