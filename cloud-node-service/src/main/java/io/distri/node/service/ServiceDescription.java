package io.distri.node.service;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Adds calls of services to the API's description: springdoc sees Spring MVC's handlers alone. */
final class ServiceDescription implements GlobalOpenApiCustomizer {
  private final ServiceRegistry services;

  ServiceDescription(ServiceRegistry services) {
    this.services = services;
  }

  @Override
  public void customise(OpenAPI api) {
    Operation call =
        new Operation()
            .operationId("callService")
            .summary("Calls a service: bytes in, bytes out")
            .addTagsItem("services")
            .addParametersItem(
                new PathParameter()
                    .name("service")
                    .schema(new StringSchema()._enum(services.names())))
            .addParametersItem(
                new QueryParameter()
                    .name(HttpServiceRequest.PARAM)
                    .description("what the service is called with, in its order")
                    .schema(new ArraySchema().items(new StringSchema())))
            .requestBody(new RequestBody().content(of("*/*", new BinarySchema())))
            .responses(
                new ApiResponses()
                    .addApiResponse(
                        "200", answer("The service's answer", "*/*", new BinarySchema()))
                    .addApiResponse(
                        ApiResponses.DEFAULT,
                        answer(
                            "A problem of RFC 9457",
                            org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            new ObjectSchema())));
    api.path(ServiceServlet.PATH, new PathItem().post(call));
  }

  private static ApiResponse answer(String description, String mediaType, Schema<?> schema) {
    return new ApiResponse().description(description).content(of(mediaType, schema));
  }

  private static Content of(String mediaType, Schema<?> schema) {
    return new Content().addMediaType(mediaType, new MediaType().schema(schema));
  }
}
