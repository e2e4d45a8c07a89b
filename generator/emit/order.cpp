/// C reads from top to bottom, and a kernel's types refer to each other in circles. Why that has an order at
/// all:
///
/// A mention of a type is strong or weak. Strong: the type must be complete right there, since its size
/// matters; so it is with the type of a member and with the element of an array. Weak: that the name is known
/// to be a struct is enough; so it is behind a pointer and in the signature of a function. A loop of strong
/// mentions would be a type that contains itself, which the table of types has been checked not to have. So
/// depth first along strong mentions, each definition written once all that it needs is written, always ends.
///
/// Weak mentions then need no order, as long as what they name has been declared. A struct or union can be
/// declared without being defined, so all those that are mentioned weakly before their definition, or that
/// have none in this output, are declared in one block at the top. Inside its own braces a record is known
/// already.
///
/// Enums and typedefs have no forward declarations. An enum needs nothing, so it is simply written when it is
/// first mentioned, weakly or not. A typedef is the one that needs care: it must be written before even a
/// weak mention, but what it stands for must be complete only at a strong one. So it has two steps. First all
/// that its own line mentions, where a struct by name is a weak mention and needs no more than a declaration;
/// then, if the typedef itself was mentioned strongly, what it stands for is completed as well. With `typedef
/// struct node node_t` and a `struct node` that holds a `node_t *`, the first step lets the typedef go in
/// front, and the loop is open.
///
/// Functions are declared behind all definitions, and so mention nothing that is not there yet.
///
/// A record without a name is part of the text that mentions it: it has no place of its own in the order, and
/// what its members mention counts for the definition around it.
#include "emit/order.hpp"

#include <utility>

#include "select/mentions.hpp"
#include "support/error.hpp"

namespace bpfbuild::emit {

namespace {

using btf::Kind;
using btf::Type;
using btf::TypeId;
using select::Need;

class Sorter {
 public:
  Sorter(const btf::TypeTable& types, const select::Selection& selection)
      : types_(types), selection_(selection), states_(types.id_count()) {}

  Order run() {
    for (const bool functions : {false, true}) {
      for (const TypeId id : selection_.roots) {
        if ((types_[id].kind() == Kind::function) == functions) require(types_[id], Need::complete);
      }
    }
    return std::move(order_);
  }

 private:
  struct State {
    bool in_progress : 1;
    bool written : 1;
    bool declared : 1;   // records: in the block at the top
    bool completed : 1;  // typedefs: what it stands for is complete
  };

  void require(Type type, Need need) {
    if (type.kind() == Kind::typedef_) {
      require_typedef(type, need);
    } else if (type.is_enum()) {
      write(type);
    } else if (type.kind() == Kind::function || (need == Need::complete && selection_.defines(type.id()))) {
      define(type);
    } else {
      declare(type);
    }
  }

  void require_typedef(Type type, Need need) {
    State& state = states_[type.id()];
    if (!state.written) {
      define(type);
    }
    if (need == Need::complete && !state.completed) {
      state.completed = true;
      for_each_mention_of(type, Need::complete);
    }
  }

  void declare(Type type) {
    State& state = states_[type.id()];
    if (state.written || state.declared || type.id() == inside_) return;
    state.declared = true;
    order_.declarations.push_back(type.id());
  }

  /// Writes what the definition mentions, then the definition.
  void define(Type type) {
    State& state = states_[type.id()];
    if (state.written) return;
    if (state.in_progress || depth_ > deepest) {
      throw Error("no order of definitions makes this type complete").at(types_.describe(type.id()));
    }
    state.in_progress = true;
    const TypeId around = std::exchange(inside_, type.id());
    ++depth_;
    for_each_mention_of(type, Need::declared);
    --depth_;
    inside_ = around;
    write(type);
  }

  void for_each_mention_of(Type type, Need need) {
    if (selection_.extent_of(type.id()) == select::Extent::opaque) return;
    for_each_mention_of_definition(
        types_, type, selection_.fields_of(type.id()), need,
        [this](Type mentioned, Need needed, const select::Fields&) { require(mentioned, needed); });
  }

  void write(Type type) {
    State& state = states_[type.id()];
    if (state.written) return;
    state.written = true;
    (type.kind() == Kind::function ? order_.functions : order_.definitions).push_back(type.id());
  }

  static constexpr int deepest = 1000;  // bounds the stack

  const btf::TypeTable& types_;
  const select::Selection& selection_;
  std::vector<State> states_;
  TypeId inside_ = 0;  // the type whose definition is being gone through
  int depth_ = 0;
  Order order_;
};

}  // namespace

Order order(const btf::TypeTable& types, const select::Selection& selection) {
  return Sorter(types, selection).run();
}

}  // namespace bpfbuild::emit
