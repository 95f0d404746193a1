/** Domains at which anybody can have an address: they never identify a company. */
export const publicMailDomains: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.com.br hotmail.com hotmail.co.uk hotmail.de
  hotmail.fr hotmail.es hotmail.it hotmail.com.br hotmail.be hotmail.nl live.com live.co.uk live.de live.fr live.it live.nl live.be live.com.au
  live.ca live.dk live.se live.no msn.com windowslive.com passport.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.in
  yahoo.in yahoo.co.jp yahoo.com.br yahoo.com.ar yahoo.com.mx yahoo.com.au yahoo.ca yahoo.co.id yahoo.com.sg yahoo.com.ph yahoo.com.vn yahoo.gr
  yahoo.ie yahoo.se yahoo.no yahoo.dk yahoo.pl yahoo.ro yahoo.com.tw yahoo.com.hk yahoo.co.nz yahoo.co.za ymail.com rocketmail.com myyahoo.com
  aol.com aol.co.uk aol.de aol.fr aim.com verizon.net icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com
  tutanota.de tutamail.com tuta.io tuta.com keemail.me gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.fr gmx.us gmx.co.uk web.de freenet.de t-online.de
  arcor.de posteo.de posteo.net mailbox.org mail.de email.de 1und1.de online.de vodafone.de vodafonemail.de kabelbw.de unitybox.de unity-mail.de
  bluewin.ch hispeed.ch sunrise.ch aon.at chello.at kabsi.at a1.net mail.com email.com usa.com europe.com post.com consultant.com engineer.com
  fastmail.com fastmail.fm fastmail.net hey.com zoho.com zohomail.com zohomail.eu zohomail.in hushmail.com hush.com mailfence.com runbox.com
  startmail.com duck.com yandex.com yandex.ru ya.ru mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru lenta.ru ukr.net i.ua meta.ua bigmir.net
  wp.pl o2.pl onet.pl onet.eu op.pl vp.pl poczta.onet.pl interia.pl interia.eu gazeta.pl tlen.pl poczta.fm seznam.cz email.cz centrum.cz
  post.cz volny.cz atlas.cz azet.sk zoznam.sk centrum.sk freemail.hu citromail.hu indamail.hu abv.bg mail.bg dir.bg libero.it virgilio.it alice.it
  tin.it tiscali.it fastwebnet.it email.it inwind.it iol.it tim.it poste.it pec.it orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net
  bbox.fr numericable.fr aliceadsl.fr club-internet.fr voila.fr orange.es telefonica.net terra.es ono.com sapo.pt mail.pt clix.pt iol.pt
  skynet.be telenet.be proximus.be scarlet.be ziggo.nl kpnmail.nl planet.nl home.nl xs4all.nl hetnet.nl upcmail.nl casema.nl quicknet.nl chello.nl
  online.nl zonnet.nl tele2.nl btinternet.com btopenworld.com bt.com sky.com talktalk.net virginmedia.com virgin.net ntlworld.com blueyonder.co.uk
  tiscali.co.uk o2.co.uk plusnet.com eircom.net telia.com spray.se bredband.net comhem.se passagen.se online.no broadpark.no frisurf.no
  mail.dk tdcadsl.dk jubii.dk ofir.dk kolumbus.fi luukku.com suomi24.fi elisanet.fi pp.inet.fi comcast.net att.net sbcglobal.net bellsouth.net
  pacbell.net ameritech.net cox.net charter.net spectrum.net rr.com roadrunner.com twc.com earthlink.net mindspring.com netzero.net juno.com
  optonline.net optimum.net frontier.com frontiernet.net windstream.net centurylink.net q.com embarqmail.com suddenlink.net cableone.net
  mediacombb.net tds.net prodigy.net excite.com lycos.com inbox.com rogers.com sympatico.ca bell.net telus.net shaw.ca videotron.ca cogeco.ca
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com zipmail.com.br oi.com.br prodigy.net.mx fibertel.com.ar
  arnet.com.ar speedy.com.ar ciudad.com.ar vtr.net une.net.co bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au ozemail.com.au
  internode.on.net westnet.com.au adam.com.au xtra.co.nz slingshot.co.nz mweb.co.za telkomsa.net webmail.co.za rediffmail.com sify.com indiatimes.com
  in.com qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net sina.com sina.cn vip.sina.com sohu.com aliyun.com 139.com 189.cn tom.com 21cn.com
  naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp
  so-net.ne.jp plala.or.jp pchome.com.tw hinet.net seed.net.tw netvigator.com singnet.com.sg starhub.net.sg pacific.net.sg walla.com walla.co.il
  bezeqint.net netvision.net.il 012.net.il mynet.com ttmail.com superonline.com otenet.gr forthnet.gr in.gr mail.gr emirates.net.ae eim.ae
  mailinator.com guerrillamail.com 10minutemail.com trashmail.com yopmail.com temp-mail.org sharklasers.com getnada.com maildrop.cc dispostable.com
  moakt.com mintemail.com mohmal.com throwawaymail.com example.com example.org example.net simplelogin.com anonaddy.com privaterelay.appleid.com
  mozmail.com`.split(/\s+/),
);
