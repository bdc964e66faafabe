package io.distri.node.dashboard;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the page. */
@Configuration(proxyBeanMethods = false)
@Import(DashboardController.class)
public class DashboardConfiguration {}
