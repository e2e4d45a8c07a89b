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

#include <sys/stat.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/error.hpp"

namespace bpfbuild::usage {

namespace {

using emit::Place;

class Reader {
 public:
  Reader(const LibClang& clang, const Stage& stage, const emit::Places& places, Usage& usage)
      : clang_(clang), places_(places), usage_(usage) {
    struct stat status {};
    if (::stat(stage.file().c_str(), &status) == 0) {
      device_ = status.st_dev;
      inode_ = status.st_ino;
    }
  }

  /// Whether it includes the header.
  bool read(CXTranslationUnit unit) {
    bool includes_header = false;
    for (const CXCursor& declaration : children(clang_.getTranslationUnitCursor(unit))) {
      const Location location = location_of(clang_.getCursorLocation(declaration));
      includes_header = includes_header || location.in_header;
      if (location.in_header || location.file == nullptr) continue;
      file_ = location.file;
      visit(declaration, {});
    }
    return includes_header;
  }

 private:
  struct Location {
    CXFile file = nullptr;
    unsigned offset = 0;
    bool in_header = false;
  };

  /// What is around the code.
  struct Context {
    std::string function;
    bool relocated = false;  // in an argument of a builtin that makes relocations of all accesses
  };

  std::vector<CXCursor> children(CXCursor cursor) const {
    std::vector<CXCursor> list;
    clang_.visitChildren(
        cursor,
        [](CXCursor child, CXCursor, CXClientData data) {
          static_cast<std::vector<CXCursor>*>(data)->push_back(child);
          return CXChildVisit_Continue;
        },
        &list);
    return list;
  }

  Location location_of(CXSourceLocation place) {
    Location location;
    clang_.getFileLocation(place, &location.file, nullptr, nullptr, &location.offset);
    if (location.file == nullptr) return location;
    if (location.file != last_file_) {
      CXFileUniqueID id;
      last_file_ = location.file;
      last_is_header_ =
          clang_.getFileUniqueID(location.file, &id) == 0 && id.data[0] == device_ && id.data[1] == inode_;
    }
    location.in_header = last_is_header_;
    return location;
  }

  /// What a declaration declares of the kernel's types; nothing if it is not in the header.
  std::optional<Place> place_of(CXCursor declaration) {
    const Location start = location_of(clang_.getRangeStart(clang_.getCursorExtent(declaration)));
    return start.in_header ? places_.at(start.offset) : std::nullopt;
  }

  CXType without_arrays(CXType type) const {
    type = clang_.getCanonicalType(type);
    while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
           type.kind == CXType_VariableArray) {
      type = clang_.getCanonicalType(clang_.getArrayElementType(type));
    }
    return type;
  }

  CXType pointee(CXType type) const { return clang_.getPointeeType(clang_.getCanonicalType(type)); }

  /// The record that a type is, or is an array of.
  std::optional<Place> record_of(CXType type) {
    type = without_arrays(type);
    return type.kind == CXType_Record ? place_of(clang_.getTypeDeclaration(type)) : std::nullopt;
  }

  /// The enum that a type is, or is an array of.
  std::optional<Place> enum_of(CXType type) {
    type = without_arrays(type);
    return type.kind == CXType_Enum ? place_of(clang_.getTypeDeclaration(type)) : std::nullopt;
  }

  std::optional<Place> record_behind(CXType type) {
    const CXType behind = pointee(type);
    return behind.kind == CXType_Invalid ? std::nullopt : record_of(behind);
  }

  std::string user(const Context& context) {
    std::string name = clang_.text(clang_.getFileName(file_));
    name.erase(0, name.rfind('/') + 1);
    return context.function.empty() ? name : fmt::format("{}() in {}", context.function, name);
  }

  void whole(const std::optional<Place>& place, const Context& context, const std::string& why) {
    if (place) usage_.whole(*place, user(context), why);
  }
  void complete(const std::optional<Place>& place, const Context& context) {
    if (place) usage_.complete(*place, user(context));
  }

  std::optional<long long> constant(CXCursor expression) const {
    const auto dispose = [&](void* result) { clang_.EvalResult_dispose(result); };
    const std::unique_ptr<void, decltype(dispose)> result(clang_.Cursor_Evaluate(expression), dispose);
    if (result == nullptr || clang_.EvalResult_getKind(result.get()) != CXEval_Int) return std::nullopt;
    return clang_.EvalResult_getAsLongLong(result.get());
  }

  /// A declaration as it is printed, without a body.
  std::string printed(CXCursor declaration) const {
    const CXPrintingPolicy policy = clang_.getCursorPrintingPolicy(declaration);
    clang_.PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
    std::string text = clang_.text(clang_.getCursorPrettyPrinted(declaration, policy));
    clang_.PrintingPolicy_dispose(policy);
    return text;
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
        whole(record_of(clang_.getCursorType(cursor)), context, quoted("parameter", cursor));
        break;
      case CXCursor_FieldDecl:
        member(cursor, context);
        break;
      case CXCursor_StructDecl:
      case CXCursor_UnionDecl:
        if (clang_.isCursorDefinition(cursor) == 0) {
          declared_.insert(clang_.text(clang_.getCursorSpelling(cursor)));
        }
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
        whole(record_of(clang_.getCursorType(cursor)), context, "initializer");
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
    for (const CXCursor& child : children(cursor)) visit(child, inside);
  }

  std::string quoted(std::string_view what, CXCursor cursor) const {
    return fmt::format("{} '{}'", what, clang_.text(clang_.getCursorSpelling(cursor)));
  }

  /// BPF_PROG() and the like put underscores in front of the name that is in the source.
  std::string name_of_function(CXCursor cursor) const {
    std::string name = clang_.text(clang_.getCursorSpelling(cursor));
    return name.starts_with("____") ? name.substr(4) : name;
  }

  void function(CXCursor cursor, const Context& context) {
    whole(record_of(clang_.getCursorResultType(cursor)), context, "result");
    if (clang_.Cursor_getStorageClass(cursor) == CX_SC_Static) return;
    // What a global function that is no program gets a pointer to, the verifier wants to know in all its
    // size. Hidden ones are static to it.
    const bool is_body = clang_.isCursorDefinition(cursor) != 0;
    const bool is_hidden = clang_.getCursorVisibility(cursor) == CXVisibility_Hidden;
    const bool takes_memory = is_body && !is_hidden && !is_program(cursor);
    complete(record_behind(clang_.getCursorResultType(cursor)), context);
    for (const CXCursor& parameter : children(cursor)) {
      if (clang_.getCursorKind(parameter) != CXCursor_ParmDecl) continue;
      const auto record = record_behind(clang_.getCursorType(parameter));
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
    const std::string text = printed(declaration);
    const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
    return (has("btf_type_tag") || has("btf_decl_tag")) && !has("arg:nonnull");
  }

  /// Whether a function is in a section of its own. BPF_KPROBE() and the like declare it there beforehand.
  bool is_program(CXCursor function) const {
    return printed(clang_.getCanonicalCursor(function)).find("section(\"") != std::string::npos;
  }

  void variable(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getCursorType(cursor);
    const CX_StorageClass storage = clang_.Cursor_getStorageClass(cursor);
    if (storage == CX_SC_Extern) return complete(record_of(type), context);
    whole(record_of(type), context, quoted("variable", cursor));
    const bool outlives_call = context.function.empty() || storage == CX_SC_Static;
    if (outlives_call) whole(enum_of(type), context, quoted("variable", cursor));
  }

  void member(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getCursorType(cursor);
    whole(record_of(type), context, quoted("member", cursor));
    whole(enum_of(type), context, quoted("member", cursor));
    if (is_tagged(cursor)) complete(record_behind(type), context);
    const std::string name = clang_.text(clang_.getCursorSpelling(cursor));
    if (name != "key" && name != "value") return;
    if (is_map(clang_.getCursorSemanticParent(cursor))) {
      whole(record_behind(type), context, name + " of a map");
      whole(enum_of(pointee(type)), context, name + " of a map");
    }
  }

  /// Whether a record is what libbpf takes for the definition of a map: its members are pointers that tell
  /// types and, by the length of an array, numbers.
  bool is_map(CXCursor record) const {
    const std::vector<CXCursor> members = children(record);
    return std::any_of(members.begin(), members.end(), [&](CXCursor each) {
      return clang_.text(clang_.getCursorSpelling(each)) == "type" &&
             clang_.getCanonicalType(pointee(clang_.getCursorType(each))).kind == CXType_ConstantArray;
    });
  }

  void array_typedef(CXCursor cursor, const Context& context) {
    const CXType type = clang_.getTypedefDeclUnderlyingType(cursor);
    if (clang_.equalTypes(without_arrays(type), clang_.getCanonicalType(type)) != 0) return;
    whole(record_of(type), context, quoted("array type", cursor));
  }

  void mention(CXCursor declaration, const Context& context) {
    const CXCursor definition = clang_.getCursorDefinition(declaration);
    const auto place = place_of(clang_.Cursor_isNull(definition) != 0 ? declaration : definition);
    if (!place) return;
    const CXCursorKind kind = clang_.getCursorKind(declaration);
    const bool is_tag = kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
    if (is_tag && declared_.count(clang_.text(clang_.getCursorSpelling(declaration))) != 0) return;
    usage_.mention(*place, user(context));
  }

  /// An enumerator, or a kfunc.
  void name(CXCursor cursor, const Context& context) {
    const CXCursor declaration = clang_.getCursorReferenced(cursor);
    const CXCursorKind kind = clang_.getCursorKind(declaration);
    if (kind != CXCursor_EnumConstantDecl && kind != CXCursor_FunctionDecl) return;
    const auto place = place_of(declaration);
    if (!place) return;
    if (kind == CXCursor_FunctionDecl) {
      usage_.mention(*place, user(context));
    } else {
      whole(place, context, quoted("enumerator", cursor));
    }
  }

  /// The type that a member in the header belongs to.
  std::optional<Place> owner(CXCursor field) {
    auto place = place_of(field);
    if (place) place->members.clear();
    return place;
  }

  void access(CXCursor cursor, const Context& context) {
    const CXCursor field = clang_.getCursorReferenced(cursor);
    if (clang_.getCursorKind(field) != CXCursor_FieldDecl) return;
    const auto place = place_of(field);
    if (!place) return;
    usage_.field(*place, user(context));
    if (context.relocated) return;
    if (clang_.Cursor_isBitField(field) != 0) whole(owner(field), context, quoted("bitfield", field));
    if (!is_relocated(field)) whole(owner(field), context, "access without CO-RE");
  }

  /// Whether accesses to the records of the header are relocated, which is the same for all of them.
  bool is_relocated(CXCursor field) {
    if (!relocated_) {
      relocated_ =
          printed(clang_.getCursorSemanticParent(field)).find("preserve_access_index") != std::string::npos;
    }
    return *relocated_;
  }

  /// sizeof and _Alignof. Of their argument, when it is a type, only the names in it are seen: it may be a
  /// pointer to what has that name. Types in part have the kernel's alignment.
  void size(CXCursor cursor, const Context& context) {
    for (const CXCursor& argument : children(cursor)) {
      const CXType type = clang_.getCursorType(argument);
      const auto record = record_of(type);
      if (!record) continue;
      const long long bytes = clang_.Type_getSizeOf(without_arrays(type));
      const auto value = constant(cursor);
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
    const auto element = record_of(clang_.getCursorType(cursor));
    const std::vector<CXCursor> operands = children(cursor);
    if (!element || operands.size() != 2) return;
    if (constant(operands[1]) && is_array(operands[0])) return;
    whole(element, context, "index");
  }

  /// Behind the conversion of an array to a pointer is an array.
  bool is_array(CXCursor expression) const {
    while (clang_.getCursorKind(expression) == CXCursor_UnexposedExpr ||
           clang_.getCursorKind(expression) == CXCursor_ParenExpr) {
      const std::vector<CXCursor> inner = children(expression);
      if (inner.size() != 1) return false;
      expression = inner.front();
    }
    return clang_.getCanonicalType(clang_.getCursorType(expression)).kind == CXType_ConstantArray;
  }

  bool is_pointer(CXType type) const { return clang_.getCanonicalType(type).kind == CXType_Pointer; }

  void binary(CXCursor cursor, const Context& context) {
    const std::vector<CXCursor> operands = children(cursor);
    const CXType result = clang_.getCanonicalType(clang_.getCursorType(cursor));
    if (result.kind == CXType_Record) return whole(record_of(result), context, "assignment");
    if (operands.size() != 2) return;
    for (std::size_t i = 0; i < 2; ++i) {
      const CXType type = clang_.getCursorType(operands[i]);
      const bool both = is_pointer(clang_.getCursorType(operands[1 - i]));
      const bool is_sum = is_pointer(result) && !both;                // p + i, p - i, p += i
      const bool is_difference = both && result.kind == CXType_Long;  // p - q
      if (is_pointer(type) && (is_sum || is_difference)) {
        whole(record_behind(type), context, "pointer arithmetic");
      }
    }
  }

  void unary(CXCursor cursor, const Context& context) {
    const std::vector<CXCursor> operands = children(cursor);
    const CXType type = clang_.getCursorType(cursor);
    const bool steps = operands.size() == 1 && is_pointer(type) &&
                       clang_.equalTypes(clang_.getCanonicalType(type),
                                         clang_.getCanonicalType(clang_.getCursorType(operands[0]))) != 0;
    if (steps) whole(record_behind(type), context, "pointer arithmetic");  // ++p
  }

  /// The builtins of CO-RE.
  void builtin(CXCursor call, Context& context) {
    const std::string name = clang_.text(clang_.getCursorSpelling(call));
    if (name == "__builtin_preserve_access_index" || name == "__builtin_preserve_field_info") {
      context.relocated = true;
    } else if (name == "__builtin_preserve_type_info" || name == "__builtin_btf_type_id") {
      const std::vector<CXCursor> words = children(call);
      if (words.size() != 3) return;
      constexpr long long local_type_id = 0, matches = 2;
      const bool is_type_id = name == "__builtin_btf_type_id";
      const CXType type = clang_.getCursorType(words[1]);
      const auto record = record_of(type);
      const auto question = constant(words[2]);
      if (!question || *question == (is_type_id ? local_type_id : matches)) {
        whole(record ? record : enum_of(type), context, "comparison of it");
      } else {
        complete(record, context);
      }
    }
  }

  const LibClang& clang_;
  const emit::Places& places_;
  Usage& usage_;
  unsigned long long device_ = 0, inode_ = 0;  // of the header
  CXFile last_file_ = nullptr;
  bool last_is_header_ = false;
  CXFile file_ = nullptr;           // of the declaration that is being read
  std::set<std::string> declared_;  // records that the program has declared itself, as libbpf's headers do
  std::optional<bool> relocated_;
};

void fail_on_errors(const LibClang& clang, CXTranslationUnit unit) {
  for (unsigned i = 0; i < clang.getNumDiagnostics(unit); ++i) {
    const CXDiagnostic diagnostic = clang.getDiagnostic(unit, i);
    const bool is_error = clang.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    std::string text = clang.text(
        clang.formatDiagnostic(diagnostic, CXDiagnostic_DisplaySourceLocation | CXDiagnostic_DisplayColumn));
    clang.disposeDiagnostic(diagnostic);
    if (!is_error) continue;
    for (const std::string_view word : {"fatal error: ", "error: "}) {
      const auto at = text.find(word);
      if (at != std::string::npos) text.erase(at, word.size());
    }
    throw Error(text);
  }
}

}  // namespace

bool read_source(const LibClang& clang, const Stage& stage, const Source& source, const emit::Places& places,
                 Usage& usage) {
  const std::vector<std::string> arguments = stage.arguments(source);
  std::vector<const char*> words{"-x", "c"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());

  const std::unique_ptr<void, void (*)(CXIndex)> index(clang.createIndex(0, 0), clang.disposeIndex);
  CXTranslationUnit parsed = nullptr;
  const CXErrorCode code = clang.parseTranslationUnit2(index.get(), source.path.c_str(), words.data(),
                                                       static_cast<int>(words.size()), nullptr, 0,
                                                       CXTranslationUnit_None, &parsed);
  const std::unique_ptr<CXTranslationUnitImpl, void (*)(CXTranslationUnit)> unit(
      parsed, clang.disposeTranslationUnit);
  if (code != CXError_Success) throw Error("clang cannot read it").at(source.path.native());
  fail_on_errors(clang, unit.get());
  return Reader(clang, stage, places, usage).read(unit.get());
}

}  // namespace bpfbuild::usage
