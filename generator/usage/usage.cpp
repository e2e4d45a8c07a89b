#include "usage/usage.hpp"

#include <algorithm>
#include <span>

#include "support/format.hpp"

namespace bpfbuild::usage {

namespace {

using btf::Type;
using select::Fields;

/// The member at the end of the way, and so much of it.
Fields along(std::span<const std::uint32_t> members, const Fields& wanted) {
  if (members.empty()) return wanted;
  Fields fields;
  fields.chosen.emplace(members.front(), along(members.subspan(1), wanted));
  return fields;
}

/// The record that a type is, or is made of: by way of typedefs and arrays.
Type embedded(const btf::TypeTable& types, btf::TypeId id) {
  Type type = types.resolved(id);
  while (type.kind() == btf::Kind::array) type = types.resolved(type.array().element);
  return type;
}

}  // namespace

Usage::Use& Usage::use_of(const emit::Place& place, const std::string& user) {
  Use& use = uses_.try_emplace(place.type, Use{{place.type, {}, false, true}, {}, {}}).first->second;
  if (std::find(use.users.begin(), use.users.end(), user) == use.users.end()) use.users.push_back(user);
  return use;
}

void Usage::complete(const emit::Place& place, const std::string& user) {
  Use& use = use_of(place, user);
  use.root.complete = true;
  use.root.fields.merge(along(place.members, {}));
}

void Usage::whole(const emit::Place& place, const std::string& user, const std::string& why) {
  Use& use = use_of(place, user);
  use.root.fields.merge(along(place.members, Fields::whole()));
  if (use.whole.empty() && place.members.empty()) use.whole = format("{} in {}", why, user);
}

void Usage::field(const emit::Place& member, const std::string& user) {
  Type type = embedded(types_, member.type);
  for (const std::uint32_t index : member.members) {
    if (!type.is_record()) return;  // not where BTF and the header agree
    type = embedded(types_, type.member_type(index));
  }
  // Of a record within, other uses tell which of its fields are wanted.
  use_of(member, user)
      .root.fields.merge(along(member.members, type.is_record() ? Fields{} : Fields::whole()));
}

std::vector<select::Root> Usage::roots() const {
  std::vector<select::Root> roots;
  for (const auto& [id, use] : uses_) roots.push_back(use.root);
  return roots;
}

std::map<btf::TypeId, std::string> Usage::reasons() const {
  std::map<btf::TypeId, std::string> reasons;
  for (const auto& [id, use] : uses_) {
    std::string reason = format("for {}", use.users.front());
    if (use.users.size() > 1) reason += format(" and {} more", use.users.size() - 1);
    if (!use.whole.empty()) {
      reason = format("{}for the {}", types_[id].is_record() ? "whole, " : "", use.whole);
    }
    reasons.emplace(id, std::move(reason));
  }
  return reasons;
}

}  // namespace bpfbuild::usage
