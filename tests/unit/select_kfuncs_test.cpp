#include "select/kfuncs.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "select/selection.hpp"

using namespace bpfbuild;
using btf::Kind;
using btf::TypeId;
using select::Closure;
using select::Extent;
using test::BtfBuilder;
using test::message_of;

namespace {

std::vector<TypeId> look_up(const btf::TypeTable& types, std::string_view name) {
  std::vector<TypeId> ids;
  for (const select::Root& root : select::look_up_kfuncs(types, name, "kernel.btf")) ids.push_back(root.type);
  return ids;
}

std::string error_of(const btf::TypeTable& types, std::string_view name) {
  return message_of([&] { look_up(types, name); });
}

}  // namespace

TEST_CASE("kfuncs are the functions with their tag", "[select]") {
  BtfBuilder b;
  const TypeId plain = b.prototype(0, {});
  const TypeId other = b.prototype(b.signed_integer("int", 4), {});
  const TypeId first = b.kfunc("bpf_first", plain);
  b.function("bpf_schedule", plain);
  const TypeId second = b.kfunc("bpf_second", plain);
  b.tag("bpf_kfunc", b.function("bpf_third", plain), 0);  // on a parameter
  b.tag("bpf_kfunc", b.structure("bpf_fourth", 0, {}));
  b.kfunc("bpf_first", plain);
  b.kfunc("twice", plain);
  b.kfunc("twice", other);
  const btf::TypeTable types = btf::parse(b.bytes());

  CHECK(look_up(types, "bpf_second") == std::vector<TypeId>{second});
  CHECK(look_up(types, "bpf_first") == std::vector<TypeId>{first});
  CHECK(look_up(types, "bpf_*") == std::vector<TypeId>{first, second});
  CHECK(select::every_kfunc(types).size() == 3);

  CHECK(error_of(types, "bpf_frist") ==
        "--kfunc 'bpf_frist': no such kfunc in 'kernel.btf'; did you mean 'bpf_first'?");
  CHECK(error_of(types, "x*") == "--kfunc 'x*': no kfunc of 'kernel.btf' fits");
  CHECK(error_of(types, "bpf_schedule") ==
        "--kfunc 'bpf_schedule': 'kernel.btf' has this function, but not as a kfunc: no program can call it");
  CHECK(
      error_of(types, "twice") ==
      "--kfunc 'twice': ambiguous in 'kernel.btf': type [15] function 'twice' and type [17] function 'twice' "
      "have different prototypes; read the kernel or the module that has the right one by itself");
}

TEST_CASE("without tags any function may be a kfunc, but is to be named", "[select]") {
  BtfBuilder b;
  const TypeId first = b.function("bpf_first", b.prototype(0, {}));
  const btf::TypeTable types = btf::parse(b.bytes());
  CHECK(look_up(types, "bpf_first") == std::vector<TypeId>{first});
  CHECK(select::every_kfunc(types).empty());
  CHECK(error_of(types, "bpf_*") ==
        "--kfunc 'bpf_*': 'kernel.btf' does not tell kfuncs from other functions; name each kfunc, without "
        "wildcards");
  CHECK(error_of(types, "bpf_frist") ==
        "--kfunc 'bpf_frist': no such function in 'kernel.btf'; did you mean 'bpf_first'?");
}

TEST_CASE("the records of a prototype are defined, whole where they are needed whole", "[select]") {
  BtfBuilder b;
  const TypeId number = b.signed_integer("int", 4);
  const TypeId inner = b.structure("inner", 4, {{"a", number, 0}});
  const TypeId pointed_to = b.structure("pointed_to", 4, {{"a", inner, 0}});
  const TypeId by_value = b.structure("by_value", 8, {{"p", b.pointer(pointed_to), 0}});
  const TypeId behind = b.structure("behind", 4, {{"a", number, 0}});
  const TypeId callback = b.alias("callback", b.pointer(b.prototype(0, {b.pointer(behind)})));
  const TypeId kfunc = b.kfunc("kfunc", b.prototype(by_value, {b.pointer(pointed_to), callback}));
  const btf::TypeTable types = btf::parse(b.bytes());

  const auto close = [&](Closure closure) {
    return select::close(types, {{kfunc, select::Fields::whole()}}, closure);
  };
  const select::Selection selection = close(Closure::value);
  CHECK(selection.extent_of(by_value) == Extent::whole);
  CHECK(selection.extent_of(pointed_to) == Extent::part);
  CHECK(selection.fields_of(pointed_to).chosen.empty());
  CHECK(selection.extent_of(behind) == Extent::part);
  CHECK(selection.extent_of(inner) == Extent::none);

  const select::Selection further = close(Closure::pointer);
  CHECK(further.extent_of(pointed_to) == Extent::whole);
  CHECK(further.extent_of(inner) == Extent::whole);
}
