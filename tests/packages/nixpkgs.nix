# What the flake says of each package, with stand-ins for all of nixpkgs that it uses.
{ flake }:
let
  pkgs = {
    lib = {
      genAttrs = names: of: builtins.listToAttrs (map (name: { inherit name; value = of name; }) names);
      optionalString = condition: text: if condition then text else "";
      makeLibraryPath = builtins.concatStringsSep ":";
      licenses = { mit = "mit"; asl20 = "asl20"; };
    };
    rustPlatform.buildRustPackage = arguments: {
      inherit (arguments) version buildPhase installPhase postFixup meta;
    };
    makeWrapper = "makeWrapper";
    symlinkJoin = { name, paths }: { inherit name paths; };
    fontconfig = "fontconfig";
    libGL = "libGL";
    libxkbcommon = "libxkbcommon";
    wayland = "wayland";
    xorg = { libX11 = "libX11"; libXcursor = "libXcursor"; libXi = "libXi"; };
  };
  nixpkgs = {
    inherit (pkgs) lib;
    legacyPackages = builtins.listToAttrs (map (name: { inherit name; value = pkgs; })
      [ "x86_64-linux" "aarch64-linux" "armv7l-linux" ]);
  };
in
((import flake).outputs { self = { }; inherit nixpkgs; }).packages.x86_64-linux
