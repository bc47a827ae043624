package dev.perch.e2e;

import dev.perch.launcher.stack.Login;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at a browser, as far as Keycloak's forms need one. */
final class Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");

  // Keycloak marks its cookies as secure even where it is reached over HTTP.
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /** Follows a device's invitation: signs in, and says yes. */
  String approve(URI page, Login person) throws IOException, InterruptedException {
    HttpResponse<String> login = get(page);
    HttpResponse<String> consent =
        submit(login, Map.of("username", person.user(), "password", person.password()));
    return submit(consent, Map.of("accept", "Yes")).body();
  }

  private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields)
      throws IOException, InterruptedException {
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError("no form in " + page.uri() + ":\n" + page.body());
    }
    URI action = page.uri().resolve(form.group(1).replace("&amp;", "&"));
    Map<String, String> all = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(page.body());
    while (hidden.find()) {
      all.put(hidden.group(1), hidden.group(2));
    }
    all.putAll(fields);
    String body =
        all.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return follow(
        HttpRequest.newBuilder(action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
    return follow(HttpRequest.newBuilder(page));
  }

  private HttpResponse<String> follow(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(c -> c.getKey() + "=" + c.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    String location = response.headers().firstValue("Location").orElse("");
    return location.isEmpty() ? response : get(response.uri().resolve(location));
  }
}
