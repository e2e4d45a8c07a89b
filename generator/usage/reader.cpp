/// The rules, by what stands in the program's code:
///
/// - A member that is accessed is a field of its type. Every record of a generated header has
///   preserve_access_index, so each access becomes a CO-RE relocation, and no other field matters.
/// - Bitfields that are read directly are not found by CO-RE: their type is wanted whole. So is a type whose
///   accesses are not relocated, since the program has switched that off.
/// - A type is wanted whole by whatever has its size: variables, parameters, results and members of it,
///   sizeof, initializers, assignment, arithmetic with pointers to it, and keys and values of maps.
/// - A type is at least defined where the kernel compares its name with its own: behind pointers in the
///   signatures of global functions and kfuncs, and those that have tags, in variables that the kernel has,
///   in questions about types.
/// - An enum has the enumerators that are named. It is wanted whole where values of it are kept for others to
///   read: in variables that outlive a call, in members, in maps.
/// - Any other name of a type or kfunc needs to be known.
///
/// Macros are seen as what they come to. libclang tells neither operators nor the argument of sizeof; which
/// they are shows in the types around them.
#include "usage/reader.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/format.hpp"
#include "usage/syntax_tree.hpp"

namespace bpfbuild::usage {

namespace {

using emit::Place;

class Reader {
 public:
  Reader(const LibClang& clang, const SyntaxTree& tree, Usage& usage)
      : clang_(clang), tree_(tree), usage_(usage) {}

  void read() {
    for (const CXCursor& declaration : tree_.program()) {
      file_ = tree_.file_of(declaration);
      visit(declaration, {});
    }
  }

 private:
  /// What is around the code.
  struct Context {
    std::string function;
    bool relocated = false;  // in an argument of a builtin that makes relocations of all accesses
  };

  std::string user(const Context& context) {
    return context.function.empty() ? file_ : format("{}() in {}", context.function, file_);
  }

  void whole(const std::optional<Place>& place, const Context& context, const std::string& why) {
    if (place) usage_.whole(*place, user(context), why);
  }
  void complete(const std::optional<Place>& place, const Context& context) {
    if (place) usage_.complete(*place, user(context));
  }

  void visit(CXCursor cursor, const Context& context) {
    Context inside = context;
    switch (clang_.getCursorKind(cursor)) {
      case CXCursor_FunctionDecl:
        inside.function = name_of_function(cursor);
        function(cursor, inside);
        break;
      case CXCursor_VarDecl:
        variable(cursor, context);
        break;
      case CXCursor_ParmDecl:
        whole(tree_.record_of(clang_.getCursorType(cursor)), context, quoted("parameter", cursor));
        break;
      case CXCursor_FieldDecl:
        member(cursor, context);
        break;
      case CXCursor_StructDecl:
      case CXCursor_UnionDecl:
        if (clang_.isCursorDefinition(cursor) == 0) declared_.insert(tree_.spelling(cursor));
        break;
      case CXCursor_EnumDecl:
        // What follows the colon is not among its children.
        mention(clang_.getTypeDeclaration(clang_.getEnumDeclIntegerType(cursor)), context);
        break;
      case CXCursor_TypedefDecl:
        array_typedef(cursor, context);
        break;
      case CXCursor_TypeRef:
        mention(clang_.getCursorReferenced(cursor), context);
        break;
      case CXCursor_DeclRefExpr:
        name(cursor, context);
        break;
      case CXCursor_MemberRefExpr:
        access(cursor, context);
        break;
      case CXCursor_MemberRef:  // in an initializer or in offsetof
        whole(owner(clang_.getCursorReferenced(cursor)), context, quoted("offset of", cursor));
        break;
      case CXCursor_CompoundLiteralExpr:
      case CXCursor_InitListExpr:
        whole(tree_.record_of(clang_.getCursorType(cursor)), context, "initializer");
        break;
      case CXCursor_UnaryExpr:
        size(cursor, context);
        break;
      case CXCursor_ArraySubscriptExpr:
        subscript(cursor, context);
        break;
      case CXCursor_BinaryOperator:
      case CXCursor_CompoundAssignOperator:
        binary(cursor, context);
        break;
      case CXCursor_UnaryOperator:
        unary(cursor, context);
        break;
      case CXCursor_CallExpr:
        builtin(cursor, inside);
        break;
      default:
        break;
    }
    for (const CXCursor& child : tree_.children(cursor)) visit(child, inside);
  }

  std::string quoted(std::string_view what, CXCursor cursor) const {
    return format("{} '{}'", what, tree_.spelling(cursor));
  }

  /// BPF_PROG() and the like put underscores in front of the name that is in the source.
  std::string name_of_function(CXCursor cursor) const {
    std::string name = tree_.spelling(cursor);
    return name.starts_with("____") ? name.substr(4) : name;
  }

  void function(CXCursor cursor, const Context& context) {
    whole(tree_.record_of(clang_.getCursorResultType(cursor)), context, "result");
    if (clang_.Cursor_getStorageClass(cursor) == CX_SC_Static) return;
    // What a global function that is no program gets a pointer to, the verifier wants to know in all its
    // size. Hidden ones are static to it.
    const bool is_body = clang_.isCursorDefinition(cursor) != 0;
    const bool is_hidden = clang_.getCursorVisibility(cursor) == CXVisibility_Hidden;
    const bool takes_memory = is_body && !is_hidden && !is_program(cursor);
    complete(tree_.record_behind(clang_.getCursorResultType(cursor)), context);
    for (const CXCursor& parameter : tree_.children(cursor)) {
      if (clang_.getCursorKind(parameter) != CXCursor_ParmDecl) continue;
      const auto record = tree_.record_behind(clang_.getCursorType(parameter));
      if (takes_memory && !is_tagged(parameter)) {
        whole(record, context, quoted("argument", parameter));
      } else {
        complete(record, context);
      }
    }
  }

  /// Whether tags tell the kernel what a pointer is to: __kptr of members; of parameters __arg_trusted,
  /// __arg_ctx and the like, which then are no memory.
  bool is_tagged(CXCursor declaration) const {
    const std::string text = tree_.printed(declaration);
    const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
    return (has("btf_type_tag") || has("btf_decl_tag")) && !has("arg:nonnull");
  }

  /// Whether a function is in a section of its own. BPF_KPROBE() and the like declare it there beforehand.
  bool is_program(CXCursor function) const {
    return tree_.printed(clang_.getCanonicalCursor(function)).find("section(\"") != std::string::npos;
  }

  void variable(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getCursorType(cursor);
    const CX_StorageClass storage = clang_.Cursor_getStorageClass(cursor);
    if (storage == CX_SC_Extern) return complete(tree_.record_of(type), context);
    whole(tree_.record_of(type), context, quoted("variable", cursor));
    const bool outlives_call = context.function.empty() || storage == CX_SC_Static;
    if (outlives_call) whole(tree_.enum_of(type), context, quoted("variable", cursor));
  }

  void member(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getCursorType(cursor);
    whole(tree_.record_of(type), context, quoted("member", cursor));
    whole(tree_.enum_of(type), context, quoted("member", cursor));
    if (is_tagged(cursor)) complete(tree_.record_behind(type), context);
    const std::string name = tree_.spelling(cursor);
    if (name != "key" && name != "value") return;
    if (is_map(clang_.getCursorSemanticParent(cursor))) {
      whole(tree_.record_behind(type), context, name + " of a map");
      whole(tree_.enum_of(tree_.pointee(type)), context, name + " of a map");
    }
  }

  /// Whether a record is what libbpf takes for the definition of a map: its members are pointers that tell
  /// types and, by the length of an array, numbers.
  bool is_map(CXCursor record) const {
    const std::vector<CXCursor> members = tree_.children(record);
    return std::any_of(members.begin(), members.end(), [&](CXCursor each) {
      return tree_.spelling(each) == "type" &&
             clang_.getCanonicalType(tree_.pointee(clang_.getCursorType(each))).kind == CXType_ConstantArray;
    });
  }

  void array_typedef(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getTypedefDeclUnderlyingType(cursor);
    if (clang_.equalTypes(tree_.without_arrays(type), clang_.getCanonicalType(type)) != 0) return;
    whole(tree_.record_of(type), context, quoted("array type", cursor));
  }

  void mention(CXCursor declaration, const Context& context) {
    const CXCursor definition = clang_.getCursorDefinition(declaration);
    const auto place = tree_.place_of(clang_.Cursor_isNull(definition) != 0 ? declaration : definition);
    if (!place) return;
    const CXCursorKind kind = clang_.getCursorKind(declaration);
    const bool is_tag = kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
    if (is_tag && declared_.count(tree_.spelling(declaration)) != 0) return;
    usage_.mention(*place, user(context));
  }

  /// An enumerator, or a kfunc.
  void name(CXCursor cursor, const Context& context) {
    const CXCursor declaration = clang_.getCursorReferenced(cursor);
    const CXCursorKind kind = clang_.getCursorKind(declaration);
    if (kind == CXCursor_FunctionDecl) mention(declaration, context);
    if (kind == CXCursor_EnumConstantDecl) {
      whole(tree_.place_of(declaration), context, quoted("enumerator", cursor));
    }
  }

  /// The type that a member in the header belongs to.
  std::optional<Place> owner(CXCursor field) {
    auto place = tree_.place_of(field);
    if (place) place->members.clear();
    return place;
  }

  void access(CXCursor cursor, const Context& context) {
    const CXCursor field = clang_.getCursorReferenced(cursor);
    if (clang_.getCursorKind(field) != CXCursor_FieldDecl) return;
    const auto place = tree_.place_of(field);
    if (!place) return;
    usage_.field(*place, user(context));
    if (context.relocated) return;
    if (clang_.Cursor_isBitField(field) != 0) whole(owner(field), context, quoted("bitfield", field));
    if (!is_relocated(field)) whole(owner(field), context, "access without CO-RE");
  }

  /// Whether accesses to the records of the header are relocated, which is the same for all of them.
  bool is_relocated(CXCursor field) {
    if (!relocated_) {
      relocated_ = tree_.printed(clang_.getCursorSemanticParent(field)).find("preserve_access_index") !=
                   std::string::npos;
    }
    return *relocated_;
  }

  /// sizeof and _Alignof. Of their argument, when it is a type, only the names in it are seen: it may be a
  /// pointer to what has that name. Types in part have the kernel's alignment.
  void size(CXCursor cursor, const Context& context) {
    for (const CXCursor& argument : tree_.children(cursor)) {
      const CXType type = clang_.getCursorType(argument);
      const auto record = tree_.record_of(type);
      if (!record) continue;
      const long long bytes = clang_.Type_getSizeOf(tree_.without_arrays(type));
      const auto value = tree_.constant(cursor);
      if (value && bytes > 0 && *value % bytes != 0) {
        complete(record, context);
      } else {
        whole(record, context, "size of it");
      }
    }
  }

  /// CO-RE finds an element of an array by a constant index. Otherwise the size of the elements is in the
  /// code.
  void subscript(CXCursor cursor, const Context& context) {
    const auto element = tree_.record_of(clang_.getCursorType(cursor));
    const std::vector<CXCursor> operands = tree_.children(cursor);
    if (!element || operands.size() != 2) return;
    if (tree_.constant(operands[1]) && tree_.is_array(operands[0])) return;
    whole(element, context, "index");
  }

  void binary(CXCursor cursor, const Context& context) {
    const std::vector<CXCursor> operands = tree_.children(cursor);
    const CXType result = clang_.getCanonicalType(clang_.getCursorType(cursor));
    if (result.kind == CXType_Record) return whole(tree_.record_of(result), context, "assignment");
    if (operands.size() != 2) return;
    for (std::size_t i = 0; i < 2; ++i) {
      const CXType type = clang_.getCursorType(operands[i]);
      const bool both = tree_.is_pointer(clang_.getCursorType(operands[1 - i]));
      const bool is_sum = tree_.is_pointer(result) && !both;          // p + i, p - i, p += i
      const bool is_difference = both && result.kind == CXType_Long;  // p - q
      if (tree_.is_pointer(type) && (is_sum || is_difference)) {
        whole(tree_.record_behind(type), context, "pointer arithmetic");
      }
    }
  }

  void unary(CXCursor cursor, const Context& context) {
    const std::vector<CXCursor> operands = tree_.children(cursor);
    const CXType type = clang_.getCursorType(cursor);
    const bool steps = operands.size() == 1 && tree_.is_pointer(type) &&
                       clang_.equalTypes(clang_.getCanonicalType(type),
                                         clang_.getCanonicalType(clang_.getCursorType(operands[0]))) != 0;
    if (steps) whole(tree_.record_behind(type), context, "pointer arithmetic");  // ++p
  }

  /// The builtins of CO-RE.
  void builtin(CXCursor call, Context& context) {
    const std::string name = tree_.spelling(call);
    if (name == "__builtin_preserve_access_index" || name == "__builtin_preserve_field_info") {
      context.relocated = true;
    } else if (name == "__builtin_preserve_type_info" || name == "__builtin_btf_type_id") {
      const std::vector<CXCursor> words = tree_.children(call);
      if (words.size() != 3) return;
      constexpr long long local_type_id = 0, matches = 2;
      const bool is_type_id = name == "__builtin_btf_type_id";
      const CXType type = clang_.getCursorType(words[1]);
      const auto record = tree_.record_of(type);
      const auto question = tree_.constant(words[2]);
      if (!question || *question == (is_type_id ? local_type_id : matches)) {
        whole(record ? record : tree_.enum_of(type), context, "comparison of it");
      } else {
        complete(record, context);
      }
    }
  }

  const LibClang& clang_;
  const SyntaxTree& tree_;
  Usage& usage_;
  std::string file_;                // of the declaration that is being read
  std::set<std::string> declared_;  // records that the program has declared itself, as libbpf's headers do
  std::optional<bool> relocated_;
};

}  // namespace

bool read_source(const LibClang& clang, const Stage& stage, const Source& source, const emit::Places& places,
                 Usage& usage) {
  const SyntaxTree tree(clang, stage, source, places);
  Reader(clang, tree, usage).read();
  return tree.includes_header();
}

}  // namespace bpfbuild::usage
