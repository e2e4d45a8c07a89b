/// Small BTF that has something of everything.
#pragma once

#include "btf_builder.hpp"

namespace bpfbuild::fuzz {

/// A kernel with every kind of type.
inline test::BtfBuilder kernel() {
  using btf::Kind;
  test::BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  const auto word = b.integer("long unsigned int", 8);
  const auto letter = b.integer("char", 1);
  b.add(Kind::floating, "double", 8);
  const auto forward = b.forward("elsewhere");
  const auto colour = b.enumeration("colour", {{"RED", 0}, {"BLUE", 7}}, 1);
  b.enumeration("", {{"LONELY", -1}}, 4, true);
  const auto wide = b.wide_enumeration("wide", {{"HUGE", std::int64_t{1} << 40}}, false);
  const auto list = b.structure("list_head", 16, {{"next", 11, 0}, {"prev", 11, 64}});
  b.alias("list_t", list);
  b.pointer(list);
  const auto name = b.array(letter, 16);
  const auto text = b.pointer(b.qualified(Kind::const_, letter));
  const auto tagged = b.pointer(b.add(Kind::type_tag, "user", b.qualified(Kind::volatile_, number)));
  const auto prototype = b.prototype(number, {text, b.pointer(list), 0});
  const auto function = b.pointer(prototype);
  const auto choice = b.union_of("", 8, {{"word", word, 0}, {"function", function, 0}});
  const auto flags = b.structure("", 4, {{"first", number, 0, 3}, {"second", number, 3, 29}});
  const auto task = b.structure("task_struct", 96,
                                {{"flags", flags, 0},
                                 {"colour", colour, 32},
                                 {"", choice, 64},
                                 {"comm", name, 128},
                                 {"tasks", list, 256},
                                 {"parent", b.pointer(0), 384},
                                 {"where", b.pointer(forward), 448},
                                 {"wide", wide, 512},
                                 {"lists", b.array(list, 0), 640},
                                 {"user", tagged, 640}});
  b.structure("task_struct", 4, {{"pid", number, 0}});
  b.structure("packed", 9, {{"a", letter, 0}, {"b", word, 8}});
  b.union_of("aligned", 64, {{"a", word, 0}});
  b.alias("task_t", b.qualified(Kind::restrict_, task));
  const auto work = b.add(Kind::function, "work", prototype);
  const auto variable = b.add(Kind::variable, "global", task, {1});
  b.add(Kind::data_section, ".data", 96, {variable, 0, 96}, 1);
  b.add(Kind::declaration_tag, "bpf_kfunc", work, {0xffffffff});
  return b;
}

/// A module of it.
inline test::BtfBuilder module() {
  test::BtfBuilder b = test::BtfBuilder::continuing(kernel());
  const auto table = b.structure("table", 24, {{"list", 9, 0}, {"count", 2, 128}});
  b.alias("table_t", b.pointer(table));
  return b;
}

}  // namespace bpfbuild::fuzz
