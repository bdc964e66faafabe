/**
 * Wires the client into a Spring Boot application: {@code distri.client.*} properties, a {@code
 * DistriClient} and a {@code DistriCollections} bean, a health indicator and metrics. Every bean
 * backs off where the application has its own.
 */
@NullMarked
package io.distri.client.autoconfigure;

import org.jspecify.annotations.NullMarked;
