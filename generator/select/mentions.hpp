/// What the definition of a type in C mentions by name: the one description of it, from which both the
/// closure of a request and the order of its definitions follow.
#pragma once

#include "btf/type_table.hpp"
#include "select/fields.hpp"

namespace bpfbuild::select {

/// What C wants to know of a type at the place that mentions it.
enum class Need {
  declared,  // that there is such a name: enough behind a pointer
  complete,  // its size and members: for members, array elements, and whatever else is used by value
};

/// Calls visit(btf::TypeId) for each type that a type refers to directly.
template <class Visit>
void for_each_reference(btf::Type type, Visit&& visit) {
  using btf::Kind;
  switch (type.kind()) {
    case Kind::pointer:
    case Kind::typedef_:
    case Kind::const_:
    case Kind::volatile_:
    case Kind::restrict_:
    case Kind::type_tag:
      return visit(type.target());
    case Kind::array:
      return visit(type.array().element);
    case Kind::struct_:
    case Kind::union_:
      for (std::uint32_t i = 0; i < type.item_count(); ++i) visit(type.member_type(i));
      return;
    case Kind::function_prototype:
      visit(type.target());
      for (std::uint32_t i = 0; i < type.item_count(); ++i) visit(type.parameter(i));
      return;
    default:
      return;
  }
}

template <class Visit>
void for_each_mention_of_members(const btf::TypeTable& types, btf::Type record, const Fields& fields,
                                 Visit&& visit);

/// Calls visit(btf::Type, Need, const Fields&) for each record, enum, typedef and forward declaration that
/// the spelling of a type mentions. A record without a name is spelled by its members. References may come
/// more than once. `fields` tells how much is wanted of the record that the type is, or is an array of.
template <class Visit>
void for_each_mention(const btf::TypeTable& types, btf::TypeId id, Need need, const Fields& fields,
                      Visit&& visit) {
  using btf::Kind;
  const btf::Type type = types[id];
  switch (type.kind()) {
    case Kind::pointer:
      return for_each_mention(types, type.target(), Need::declared, Fields::whole(), visit);
    case Kind::const_:
    case Kind::volatile_:
    case Kind::restrict_:
    case Kind::type_tag:
      return for_each_mention(types, type.target(), need, fields, visit);
    case Kind::array:
      return for_each_mention(types, type.array().element, Need::complete, fields, visit);
    case Kind::function_prototype:
      for_each_mention(types, type.target(), Need::declared, Fields::whole(), visit);
      for (std::uint32_t i = 0; i < type.item_count(); ++i) {
        for_each_mention(types, type.parameter(i), Need::declared, Fields::whole(), visit);
      }
      return;
    case Kind::struct_:
    case Kind::union_:
      if (type.is_anonymous()) return for_each_mention_of_members(types, type, fields, visit);
      return visit(type, need, fields);
    case Kind::enum_:
    case Kind::enum64:
      if (!type.is_anonymous()) visit(type, Need::complete, fields);
      return;
    case Kind::forward:
    case Kind::typedef_:
      return visit(type, need, fields);
    default:
      return;
  }
}

template <class Visit>
void for_each_mention_of_members(const btf::TypeTable& types, btf::Type record, const Fields& fields,
                                 Visit&& visit) {
  for (std::uint32_t i = 0; i < record.item_count(); ++i) {
    if (!fields.includes(i)) continue;
    if (const auto inlined = inlined_record(types, record, i)) {
      for_each_mention_of_members(types, *inlined, fields.of(i), visit);
    } else {
      for_each_mention(types, record.member_type(i), Need::complete, fields.of(i), visit);
    }
  }
}

/// The same for the prototype of a function: whoever calls it needs what it takes and returns by value.
template <class Visit>
void for_each_mention_of_prototype(const btf::TypeTable& types, btf::Type function, Visit&& visit) {
  const btf::Type prototype = types[function.target()];
  for_each_mention(types, prototype.target(), Need::complete, Fields::whole(), visit);
  for (std::uint32_t i = 0; i < prototype.item_count(); ++i) {
    for_each_mention(types, prototype.parameter(i), Need::complete, Fields::whole(), visit);
  }
}

/// The same for the definition of a record, in so far as `fields` wants it, for a function, or for a typedef,
/// which needs of its target what is needed of itself.
template <class Visit>
void for_each_mention_of_definition(const btf::TypeTable& types, btf::Type type, const Fields& fields,
                                    Need need, Visit&& visit) {
  if (type.is_record()) return for_each_mention_of_members(types, type, fields, visit);
  if (type.kind() == btf::Kind::function) return for_each_mention_of_prototype(types, type, visit);
  if (type.kind() != btf::Kind::typedef_) return;
  for_each_mention(types, type.target(), need, fields, visit);
}

}  // namespace bpfbuild::select
