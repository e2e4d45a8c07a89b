/// What programs use of a kernel's types.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "btf/type_table.hpp"
#include "emit/places.hpp"
#include "select/fields.hpp"

namespace bpfbuild::usage {

class Usage {
 public:
  explicit Usage(const btf::TypeTable& types) : types_(types) {}

  /// `user` is what uses the type, as a reader looks for it: "trace_exit() in opensnoop.bpf.c".

  /// A type is mentioned, as behind a pointer.
  void mention(const emit::Place& place, const std::string& user) { use_of(place, user); }
  /// It must be defined, whatever fields it has.
  void complete(const emit::Place& place, const std::string& user);
  /// All of it is wanted; `why` begins the reason: "size of it".
  void whole(const emit::Place& place, const std::string& user, const std::string& why);
  /// A member is read or written where CO-RE finds it.
  void field(const emit::Place& member, const std::string& user);

  /// What to write: the types in the order of their ids.
  [[nodiscard]] std::vector<select::Root> roots() const;
  /// Why each of them is there, a line each.
  [[nodiscard]] std::map<btf::TypeId, std::string> reasons() const;

 private:
  struct Use {
    select::Root root;
    std::vector<std::string> users;  // in the order in which they came, each once
    std::string whole;               // why all of it is wanted
  };

  Use& use_of(const emit::Place& place, const std::string& user);

  const btf::TypeTable& types_;
  std::map<btf::TypeId, Use> uses_;
};

}  // namespace bpfbuild::usage
