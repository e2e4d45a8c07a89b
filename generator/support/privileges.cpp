#include "support/privileges.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild {

namespace {

id_t id_from_environment(const char* variable) {
  const char* const text = std::getenv(variable);
  const std::string_view digits = text == nullptr ? "" : text;
  id_t id = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    throw Error(format("{} is '{}', expected a number", variable, digits), "run it through sudo");
  }
  return id;
}

bool set_groups(uid_t user, gid_t group) {
  const passwd* const entry = ::getpwuid(user);
  return entry != nullptr ? ::initgroups(entry->pw_name, group) == 0 : ::setgroups(1, &group) == 0;
}

}  // namespace

void give_up_root_of_sudo() {
  if (::geteuid() != 0 || std::getenv("SUDO_UID") == nullptr) return;
  const uid_t user = id_from_environment("SUDO_UID");
  const gid_t group = id_from_environment("SUDO_GID");
  if (user == 0) return;

  if (!set_groups(user, group) || ::setresgid(group, group, group) != 0 ||
      ::setresuid(user, user, user) != 0) {
    throw Error(format("cannot give up root for user {}: {}", user, std::strerror(errno)));
  }
  if (::setuid(0) == 0 || ::geteuid() != user || ::getegid() != group) {
    throw Error(format("root was not given up for user {}", user));
  }
}

}  // namespace bpfbuild
