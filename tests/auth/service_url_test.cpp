#include "bot/auth/service_url.hpp"

#include <doctest/doctest.h>

using namespace pao::bot::auth;

TEST_CASE("service URLs of the platform are allowed (checklist 4)") {
  const HostRules rules;
  for (const char* url :
       {"https://smba.trafficmanager.net/amer/", "https://SMBA.TrafficManager.net/teams",
        "https://botframework.com", "https://api.botframework.com/",
        "HTTPS://smba.infra.gcc.teams.microsoft.com/teams", "https://smba.infra.gov.teams.microsoft.us/teams",
        "https://smba.trafficmanager.net:443/amer/"}) {
    CAPTURE(url);
    CHECK(check_service_url(url, rules));
  }
}

TEST_CASE("everything else is refused (checklist 4)") {
  const HostRules rules;
  for (const char* url : {"",
                          "smba.trafficmanager.net",
                          "http://smba.trafficmanager.net/",
                          "ftp://smba.trafficmanager.net/",
                          "https:/smba.trafficmanager.net/",
                          "https://",
                          "https:///x",
                          "https://.botframework.com/",
                          "https://evil-botframework.com/",
                          "https://botframework.com.evil.co/",
                          "https://trafficmanager.net/",
                          "https://other.trafficmanager.net/",
                          "https://xsmba.trafficmanager.net/",
                          "https://graph.microsoft.com/",
                          "https://contoso.sharepoint.com/",
                          "https://x.svc.ms/",
                          "https://x.blob.core.windows.net/",
                          "https://user@smba.trafficmanager.net/",
                          "https://user:pass@smba.trafficmanager.net/",
                          "https://smba.trafficmanager.net@evil.co/",
                          "https://evil.co\\@smba.trafficmanager.net/",
                          "https://evil.co#smba.trafficmanager.net/",
                          "https://smba.trafficmanager.net:444/",
                          "https://smba.trafficmanager.net:0443x/",
                          "https://smba.trafficmanager.net:/",
                          "https://smba.trafficmanager.net:-1/",
                          "https://smba.trafficmanager.net./",
                          "https://smba..trafficmanager.net/",
                          "https://smba.trafficmanager.net /",
                          "https://smba.trafficmanager.net\r\n/",
                          "https://smba\xe3\x80\x82trafficmanager.net/",
                          "https://\xd1\x95mba.trafficmanager.net/",
                          "https://smba%2etrafficmanager.net/",
                          "https://1.2.3.4/",
                          "https://0x7f.1/",
                          "https://2130706433/",
                          "https://[::1]/",
                          "https://[2001:db8::1]/",
                          "https://127.0.0.1/",
                          "https://localhost/",
                          "http://localhost:3980/",
                          "https://169.254.169.254/metadata"}) {
    CAPTURE(url);
    CHECK_FALSE(check_service_url(url, rules));
  }
}

TEST_CASE("allow_loopback opens plain http and any port towards this machine only") {
  HostRules rules;
  rules.allow_loopback = true;
  for (const char* url :
       {"http://127.0.0.1:3980/", "http://localhost:1", "https://localhost:3981/x", "http://[::1]:80/"})
    CHECK(check_service_url(url, rules));
  for (const char* url : {"http://127.0.0.2:3980/", "http://localhost.evil.co/", "http://10.0.0.1:3980/",
                          "http://smba.trafficmanager.net/", "https://smba.trafficmanager.net:8443/",
                          "http://127.0.0.1@evil.co/", "http://[::2]/"})
    CHECK_FALSE(check_service_url(url, rules));
}

TEST_CASE("C14 comparison ignores case, one trailing slash and the default port (checklist 4)") {
  CHECK(same_service_url("https://a.co/x/", "https://A.co:443/x"));
  CHECK(same_service_url("https://a.co", "https://a.co/"));
  CHECK(same_service_url("https://a.co/Emea", "https://a.co/emea/"));
  CHECK_FALSE(same_service_url("https://a.co/x", "http://a.co/x"));
  CHECK_FALSE(same_service_url("https://a.co/x", "https://b.co/x"));
  CHECK_FALSE(same_service_url("https://a.co/x", "https://a.co/x//"));
  CHECK_FALSE(same_service_url("https://a.co/x", "https://a.co:444/x"));
  CHECK_FALSE(same_service_url("", ""));
  CHECK(same_host("https://a.co/x", "https://A.CO/y"));
  CHECK_FALSE(same_host("https://a.co/", "https://a.co.evil.co/"));
}
